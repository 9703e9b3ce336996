import type { Progress, QueuePosition } from '@fyrestream/operations';

export interface ProgressUpdate {
  readonly phase: Progress['phase'];
  readonly percent: number;
  /** Whether the percentage has advanced, not only the phase changed. */
  readonly isStep: boolean;
  readonly waitsFor: string | null;
  readonly queue: QueuePosition | null;
  readonly speed: number | null;
  readonly etaSeconds: number | null;
}

/** Reports are at least this far apart within a phase. */
const stepPercent = 20;

/** Reports the start of each phase, steps of 20 % within it, and each new reason to wait or place in a queue. */
export function throttleProgress(report: (update: ProgressUpdate) => void): (progress: Progress) => void {
  let last: Pick<ProgressUpdate, 'percent' | 'waitsFor' | 'queue'> & { phase: string } = {
    phase: '',
    percent: 0,
    waitsFor: null,
    queue: null,
  };
  return ({ phase, fraction, waitsFor = null, queue = null, speed = null, etaSeconds = null }) => {
    const percent = Math.floor((fraction * 100) / stepPercent) * stepPercent;
    const isStep = percent > last.percent && percent < 100;
    const isMoved = queue !== null && (queue.place !== last.queue?.place || last.queue === null);
    if (phase === last.phase && waitsFor === last.waitsFor && !isStep && !isMoved) return;
    last = { phase, percent, waitsFor, queue };
    report({ phase, percent, isStep, waitsFor, queue, speed, etaSeconds });
  };
}
