import type { ObjectStore, UnitEnd } from '@fyrestream/cloud';
import type { ActiveClaim } from './claim-heartbeat.ts';

/** The requests to S3 of a finished unit, those of its earlier owners included, and of what this worker did beside it. */
export type TakeRequests = (claim: Pick<ActiveClaim, 'isDetailed' | 'reported'>) => Pick<UnitEnd, 'requests'>;

/** Each request of a worker is reported once, with the next unit that it finishes. */
export function countUnreported(store: Pick<ObjectStore, 'requestCounts'>): TakeRequests {
  let taken = store.requestCounts();
  return ({ isDetailed, reported: { requests: before = { writes: 0, reads: 0 } } }) => {
    if (!isDetailed) return {};
    const counts = store.requestCounts();
    const requests = {
      writes: before.writes + counts.writes - taken.writes,
      reads: before.reads + counts.reads - taken.reads,
    };
    taken = counts;
    return { requests };
  };
}
