import type { Progress } from './job-progress.ts';

export interface ProgressUpdate {
  readonly phase: Progress['phase'];
  readonly percent: number;
  /** Whether it tells more than that a phase begins. */
  readonly isStep: boolean;
}

/** Something is worth telling after so many per cent. */
const stepPercent = 20;

/** Passes on where a phase begins, and a few steps on the way. */
export function throttleProgress(report: (news: ProgressUpdate) => void): (progress: Progress) => void {
  let last = { phase: '', percent: 0 };
  return ({ phase, fraction }) => {
    const percent = Math.floor((fraction * 100) / stepPercent) * stepPercent;
    const isStep = percent > last.percent && percent < 100;
    if (phase === last.phase && !isStep) return;
    last = { phase, percent };
    report({ phase, percent, isStep });
  };
}
