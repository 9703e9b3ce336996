import type { ProgressDisplay } from './progress-display.ts';
import { throttleProgress } from './throttle-progress.ts';

/** For logs: a line when the phase changes, and a few lines within a phase. */
export function createProgressLines(note: (line: string) => void): ProgressDisplay {
  return {
    add: (name) =>
      throttleProgress(({ phase, percent, isStep }) =>
        note(isStep ? `${name}: ${phase}, ${percent}%` : `${name}: ${phase}`),
      ),
    stop: () => {},
  };
}
