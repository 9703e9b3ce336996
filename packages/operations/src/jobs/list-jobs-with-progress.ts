import type { JobRecord, UnitRecord } from '@fyrestream/events';
import pMap from 'p-map';
import type { QueuePosition } from '../progress/job-progress.ts';
import type { Stack } from '../stack/stack.ts';
import { listWaitingJobs, placeAmong, waitsForTask } from './job-queue-position.ts';

/** A job with what says how far it is. */
export interface JobWithProgress {
  readonly job: JobRecord;
  /** Empty unless the job runs. */
  readonly units: readonly UnitRecord[];
  /** Null unless the job waits for a task. */
  readonly queue: QueuePosition | null;
}

const maxConcurrentRequests = 8;

/** Jobs with how far each is. Only running ones need a request of their own. */
export async function listJobsWithProgress(
  ledger: Pick<Stack['ledger'], 'listJobs' | 'listUnits'>,
  jobs: readonly JobRecord[],
): Promise<JobWithProgress[]> {
  const waiting = jobs.some(waitsForTask) ? await listWaitingJobs(ledger) : [];
  return pMap(
    jobs,
    async (job) => ({
      job,
      units: job.status === 'running' ? await ledger.listUnits(job.jobId) : [],
      queue: waitsForTask(job) ? placeAmong(waiting, job) : null,
    }),
    { concurrency: maxConcurrentRequests },
  );
}
