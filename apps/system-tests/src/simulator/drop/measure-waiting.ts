import { type Drop, openDrop } from './open-drop.ts';
import { difference, type RequestCounts } from './request-meter.ts';

/** What jobs cost while a number of others waits in line. */
export interface WaitingLoad {
  readonly waiting: number;
  /** Jobs that came, waited, ran and ended in the measured time; the same number of others took their places in line. */
  readonly jobs: number;
  readonly counts: RequestCounts;
  /** DynamoDB requests of each sweep in the measured time. */
  readonly sweeps: readonly number[];
}

export interface WaitingOptions {
  readonly maxConcurrentTasks: number;
  /** How many jobs to measure. */
  readonly jobs: number;
}

/**
 * Lets uploads come until `waiting` jobs wait in line, then one for each job that ends, so that the line keeps its length. Counts
 * the requests of all parts from then on.
 */
export async function measureWaiting(
  waiting: number,
  { maxConcurrentTasks, jobs }: WaitingOptions,
): Promise<WaitingLoad> {
  const drop = openDrop({ maxConcurrentTasks });
  let uploads = 0;
  const keepLength = () => {
    for (; uploads < waiting + maxConcurrentTasks + drop.ended(); uploads += 1)
      drop.upload(`library/${uploads}.mov`);
  };
  keepLength();
  const first = uploads;
  await runUntil(drop, keepLength, () => drop.admitted() >= first);

  const before = drop.meter.counts();
  const sweepsBefore = drop.meter.sweeps().length;
  const endedBefore = drop.ended();
  await runUntil(drop, keepLength, () => drop.ended() >= endedBefore + jobs);
  return {
    waiting: drop.waiting(),
    jobs: drop.ended() - endedBefore,
    counts: difference(drop.meter.counts(), before),
    sweeps: drop.meter.sweeps().slice(sweepsBefore),
  };
}

function runUntil({ time }: Drop, each: () => void, isOver: () => boolean): Promise<void> {
  return time.run(() => {
    each();
    return isOver();
  });
}
