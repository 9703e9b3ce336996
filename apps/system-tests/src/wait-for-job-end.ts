import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '@fyrestream/cloud';
import type { JobRecord } from '@fyrestream/events';
import { isFinished } from './violations/is-finished.ts';
import type { JobEnds } from './watch-job-ends.ts';

const pollMilliseconds = 200;

/**
 * Waits until a job has ended or is held, and its events are published.
 * @returns its last record, also if it has not ended when `isLate`; null if there is no such job
 */
export async function waitForJobEnd(
  ledger: Ledger,
  jobEnds: JobEnds,
  jobId: string,
  isLate: () => boolean,
): Promise<JobRecord | null> {
  while (!jobEnds.has(jobId) && !isLate()) await sleep(pollMilliseconds);
  let job = await ledger.readJob(jobId);
  // The last event is published before its record is changed.
  while (job !== null && !hasEnded(job) && !isLate()) {
    await sleep(pollMilliseconds);
    job = await ledger.readJob(jobId);
  }
  return job;
}

export function hasEnded(job: JobRecord): boolean {
  return isFinished(job) || (job.status === 'held' && job.owed.length === 0);
}
