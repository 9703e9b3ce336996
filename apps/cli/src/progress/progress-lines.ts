import type { ProgressDisplay } from './progress-display.ts';

/** A line is worth printing after so many per cent. */
const stepPercent = 20;

/** For logs: a line when the phase changes, and a few on the way. */
export function createProgressLines(note: (line: string) => void): ProgressDisplay {
  return {
    add: (name) => {
      let last = { phase: '', percent: 0 };
      return ({ phase, fraction }) => {
        const percent = Math.floor((fraction * 100) / stepPercent) * stepPercent;
        const isNews = percent > last.percent && percent < 100;
        if (phase === last.phase && !isNews) return;
        last = { phase, percent };
        note(isNews ? `${name}: ${phase}, ${percent}%` : `${name}: ${phase}`);
      };
    },
    stop: () => {},
  };
}
