import type { JobRecord, UnitRecord } from '@fyrestream/events';
import { describeQueue, followedProgress, type QueuePosition } from '@fyrestream/operations';
import { formatSeconds, formatSpeed } from '../present/format-values.ts';

/**
 * How far a job is, in one phrase: `encoding 47%, 1.8x, 1m 5s left`, `waits for a free place, 3 of 12`; empty where it ended early
 * or is held.
 * @param at now, ISO 8601
 */
export function describeProgress(
  job: JobRecord,
  units: readonly UnitRecord[],
  queue: QueuePosition | null,
  at: string,
): string {
  const { phase, fraction, waitsFor, speed, etaSeconds } = followedProgress(job, units, at);
  if (waitsFor !== undefined) {
    const wait = `waits for ${waitsFor}`;
    return queue === null ? wait : `${wait}, ${describeQueue(queue)}`;
  }
  if (job.status !== 'running') return job.status === 'succeeded' ? '100%' : '';
  return [
    `${phase} ${Math.floor(fraction * 100)}%`,
    ...(speed === undefined ? [] : [formatSpeed(speed)]),
    ...(etaSeconds === undefined ? [] : [`${formatSeconds(etaSeconds)} left`]),
  ].join(', ');
}
