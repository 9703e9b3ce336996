import type { JobRecord } from '@fyrestream/events';
import { listJobsWithProgress, type Stack } from '@fyrestream/operations';
import { describeProgress } from '../progress/describe-progress.ts';

export interface ListedJob {
  readonly job: JobRecord;
  readonly progress: string;
}

/** Jobs with how far each is, in one phrase. */
export async function listJobProgress(
  ledger: Pick<Stack['ledger'], 'listJobs' | 'listUnits'>,
  jobs: readonly JobRecord[],
): Promise<ListedJob[]> {
  const listed = await listJobsWithProgress(ledger, jobs);
  const now = new Date().toISOString();
  return listed.map(({ job, units, queue }) => ({
    job,
    progress: describeProgress(job, units, queue, now),
  }));
}
