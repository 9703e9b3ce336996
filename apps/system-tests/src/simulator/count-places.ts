import { isActive, type JobRecord, launchesOf } from '@fyrestream/events';

export interface PlaceCounter {
  onJob(job: JobRecord): void;
  /** The most launches that held a place at a time, of leading and additional workers. */
  peak(): number;
}

/**
 * Observes how many places of the stack are taken. The turn counts them exactly, however late the index is and however many
 * invokers launch at a time.
 */
export function createPlaceCounter(): PlaceCounter {
  const held = new Map<string, number>();
  let peak = 0;
  return {
    peak: () => peak,
    onJob(job) {
      held.set(job.jobId, isActive(job) ? launchesOf(job).length : 0);
      const taken = [...held.values()].reduce((sum, launches) => sum + launches, 0);
      peak = Math.max(peak, taken);
    },
  };
}
