import type { JobRecord } from '@fyrestream/events';
import pMap from 'p-map';
import { describeProgress } from '../progress/describe-progress.ts';
import type { Stack } from '../stack/stack.ts';
import { listWaitingJobs, placeAmong, waitsForTask } from '../transfer/job-queue-position.ts';

export interface ListedJob {
  readonly job: JobRecord;
  readonly progress: string;
}

const maxConcurrentRequests = 8;

/** Jobs with how far each is. Only running ones need a request of their own. */
export async function listJobProgress(
  ledger: Pick<Stack['ledger'], 'listJobs' | 'listUnits'>,
  jobs: readonly JobRecord[],
): Promise<ListedJob[]> {
  const waiting = jobs.some(waitsForTask) ? await listWaitingJobs(ledger) : [];
  return pMap(
    jobs,
    async (job) => {
      const units = job.status === 'running' ? await ledger.listUnits(job.jobId) : [];
      const queue = waitsForTask(job) ? placeAmong(waiting, job) : null;
      return { job, progress: describeProgress(job, units, queue, new Date().toISOString()) };
    },
    { concurrency: maxConcurrentRequests },
  );
}
