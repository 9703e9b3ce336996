import { isTerminal, type JobRecord } from '@fyrestream/events';

/** Whether the job has ended and all its events are published. */
export function isFinished(job: JobRecord): boolean {
  return isTerminal(job) && job.owed.length === 0;
}
