import type { JobRecord, UnitRecord } from '@fyrestream/events';
import { describeQueue, jobProgress, type QueuePosition } from '@fyrestream/operations';

/** How far a job is, in one phrase: `encoding 47%`, `waits for a free place, 3 of 12`; empty where it ended early or is held. */
export function describeProgress(
  job: JobRecord,
  units: readonly UnitRecord[],
  queue: QueuePosition | null,
): string {
  const { phase, fraction, waitsFor } = jobProgress(job, units);
  if (waitsFor !== undefined) {
    const wait = `waits for ${waitsFor}`;
    return queue === null ? wait : `${wait}, ${describeQueue(queue)}`;
  }
  if (job.status === 'running') return `${phase} ${Math.floor(fraction * 100)}%`;
  return job.status === 'succeeded' ? '100%' : '';
}
