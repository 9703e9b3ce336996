import { costTimeOf, type JobRecord, jobStatusSchema } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** All jobs that ended, or changed last, at this time or later. @param since ISO 8601 */
export async function listJobsSince(
  ledger: Pick<Stack['ledger'], 'listJobs'>,
  since: string,
): Promise<JobRecord[]> {
  const ofEach = await Promise.all(
    jobStatusSchema.options.map(async (status) => {
      const jobs: JobRecord[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<Stack['ledger']['listJobs']>> = await ledger.listJobs(status, {
          limit: 500,
          cursor,
        });
        jobs.push(...page.jobs.filter((job) => costTimeOf(job) >= since));
        // A page is ordered by the time of the last change, which is never before the end.
        cursor = page.jobs.some(({ updatedAt }) => updatedAt < since) ? null : page.cursor;
      } while (cursor !== null);
      return jobs;
    }),
  );
  return ofEach.flat();
}
