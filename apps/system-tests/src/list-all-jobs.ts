import type { Ledger } from '@fyrestream/cloud';
import { type JobRecord, jobStatusSchema } from '@fyrestream/events';

/** Every job of the ledger, by its id. */
export async function listAllJobs(ledger: Ledger): Promise<Map<string, JobRecord>> {
  const jobs = new Map<string, JobRecord>();
  for (const status of jobStatusSchema.options) {
    let cursor: string | null = null;
    do {
      const page = await ledger.listJobs(status, { cursor });
      for (const job of page.jobs) jobs.set(job.jobId, job);
      cursor = page.cursor;
    } while (cursor !== null);
  }
  return jobs;
}
