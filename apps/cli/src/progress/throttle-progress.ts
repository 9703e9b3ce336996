import type { Progress, QueuePosition } from './job-progress.ts';

export interface ProgressUpdate {
  readonly phase: Progress['phase'];
  readonly percent: number;
  /** Whether the percentage has advanced, not only the phase changed. */
  readonly isStep: boolean;
  readonly queue: QueuePosition | null;
}

/** Reports are at least this far apart within a phase. */
const stepPercent = 20;

/** Reports the start of each phase, steps of 20 % within it, and each new place in a queue. */
export function throttleProgress(report: (update: ProgressUpdate) => void): (progress: Progress) => void {
  let last: { phase: string; percent: number; queue: QueuePosition | null } = {
    phase: '',
    percent: 0,
    queue: null,
  };
  return ({ phase, fraction, queue = null }) => {
    const percent = Math.floor((fraction * 100) / stepPercent) * stepPercent;
    const isStep = percent > last.percent && percent < 100;
    const isMoved = queue !== null && (queue.place !== last.queue?.place || last.queue === null);
    if (phase === last.phase && !isStep && !isMoved) return;
    last = { phase, percent, queue };
    report({ phase, percent, isStep, queue });
  };
}
