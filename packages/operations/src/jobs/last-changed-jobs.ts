import type { JobRecord, JobStatus } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** DynamoDB returns no more than 1 MB a page in any case. */
const maxPageJobs = 500;

/** The wanted jobs with these statuses that changed last, newest first. Each once, also if it changes while they are listed. */
export async function lastChangedJobs(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  statuses: readonly JobStatus[],
  limit: number,
  isWanted: (job: JobRecord) => boolean = () => true,
): Promise<JobRecord[]> {
  const ofEach = await Promise.all(statuses.map((status) => latestOf(ledger, status, limit, isWanted)));
  return newestOfEach(ofEach.flat())
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
    .slice(0, limit);
}

/** A job that changes between two queries may be in both, as it was and as it is. */
function newestOfEach(found: readonly JobRecord[]): JobRecord[] {
  const newest = new Map<string, JobRecord>();
  for (const job of found)
    if (job.version > (newest.get(job.jobId)?.version ?? -1)) newest.set(job.jobId, job);
  return [...newest.values()];
}

/** A page may hold fewer jobs than requested, because DynamoDB limits it to 1 MB. */
async function latestOf(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  status: JobStatus,
  limit: number,
  isWanted: (job: JobRecord) => boolean,
): Promise<JobRecord[]> {
  const jobs: JobRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Stack['ledger']['listJobs']>> = await ledger.listJobs(status, {
      limit: Math.min(maxPageJobs, limit - jobs.length),
      cursor,
    });
    jobs.push(...page.jobs.filter(isWanted));
    cursor = page.cursor;
  } while (cursor !== null && jobs.length < limit);
  return jobs;
}
