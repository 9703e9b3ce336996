import { additionalLaunches, isTerminal, type JobRecord } from '@fyrestream/events';

/** Whether the job has ended, all its events are published, and its workers have given their places back. */
export function isFinished(job: JobRecord): boolean {
  return isTerminal(job) && job.owed.length === 0 && additionalLaunches(job).length === 0;
}
