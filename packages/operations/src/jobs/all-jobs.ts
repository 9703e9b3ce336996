import type { JobRecord, JobStatus } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** All jobs with a status, which may be many: for statuses that pass. */
export async function allJobs(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  status: JobStatus,
): Promise<JobRecord[]> {
  const jobs: JobRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ledger.listJobs>> = await ledger.listJobs(status, { cursor });
    jobs.push(...page.jobs);
    cursor = page.cursor;
  } while (cursor !== null);
  return jobs;
}
