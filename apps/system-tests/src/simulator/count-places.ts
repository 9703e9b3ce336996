import { additionalLaunches, isActive, type JobRecord } from '@fyrestream/events';

/**
 * An invoker counts the places before it plans a launch, and others may plan one meanwhile. Launches that are older than its
 * longest life, with the requests that it sent and the lag of the index, are in its count.
 */
const maxCountAgeMilliseconds = 60_000;

export interface PlaceCounter {
  onJob(job: JobRecord): void;
  /** The most launches that held a place while one more was planned, that one included. */
  peak(): number;
  /** The most leading workers at a time. The turn counts them exactly, however late the index is. */
  peakLeading(): number;
}

/** Observes which launches hold a place of the stack. @param now in milliseconds */
export function createPlaceCounter(now: () => number): PlaceCounter {
  const heldSince = new Map<string, number>();
  const known = new Set<string>();
  let peak = 0;
  let peakLeading = 0;
  return {
    peak: () => peak,
    peakLeading: () => peakLeading,
    onJob(job) {
      const held = new Set(isActive(job) ? launchesOf(job) : []);
      for (const launch of heldSince.keys()) {
        if (launch.startsWith(job.jobId) && !held.has(launch)) heldSince.delete(launch);
      }
      for (const launch of held) {
        if (!known.has(launch)) {
          const counted = [...heldSince.values()].filter((since) => since < now() - maxCountAgeMilliseconds);
          peak = Math.max(peak, counted.length + 1);
        }
        known.add(launch);
        if (!heldSince.has(launch)) heldSince.set(launch, now());
      }
      const leading = [...heldSince.keys()].filter((launch) => launch.includes(' attempt '));
      peakLeading = Math.max(peakLeading, leading.length);
    },
  };
}

function launchesOf(job: JobRecord): string[] {
  const leading = job.launch === null ? [] : [`${job.jobId} attempt ${job.launch.attempt}`];
  return [...leading, ...additionalLaunches(job).map(({ slot }) => `${job.jobId} slot ${slot}`)];
}
