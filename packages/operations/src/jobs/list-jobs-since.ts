import { costTimeOf, type JobRecord, jobStatusSchema } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

const pageJobs = 500;

/** All jobs that ended, or changed last, at this time or later. @param since ISO 8601 */
export async function listJobsSince(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  since: string,
): Promise<JobRecord[]> {
  const jobs: JobRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof ledger.listJobs>> = await ledger.listJobs(jobStatusSchema.options, {
      // The last change is never before the end.
      ...{ limit: pageJobs, changedFrom: since, cursor },
    });
    jobs.push(...page.jobs.filter((job) => costTimeOf(job) >= since));
    cursor = page.cursor;
  } while (cursor !== null);
  return jobs;
}
