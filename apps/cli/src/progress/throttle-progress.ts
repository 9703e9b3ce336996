import type { Progress } from './job-progress.ts';

export interface ProgressUpdate {
  readonly phase: Progress['phase'];
  readonly percent: number;
  /** Whether the percentage has advanced, not only the phase changed. */
  readonly isStep: boolean;
}

/** Reports are at least this far apart within a phase. */
const stepPercent = 20;

/** Reports the start of each phase, and steps of 20 % within it. */
export function throttleProgress(report: (update: ProgressUpdate) => void): (progress: Progress) => void {
  let last = { phase: '', percent: 0 };
  return ({ phase, fraction }) => {
    const percent = Math.floor((fraction * 100) / stepPercent) * stepPercent;
    const isStep = percent > last.percent && percent < 100;
    if (phase === last.phase && !isStep) return;
    last = { phase, percent };
    report({ phase, percent, isStep });
  };
}
