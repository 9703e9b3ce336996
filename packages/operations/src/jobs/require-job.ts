import { FyrestreamError, type JobRecord } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** @throws FyrestreamError `job-not-found` */
export async function requireJob({ ledger }: Pick<Stack, 'ledger'>, jobId: string): Promise<JobRecord> {
  const job = await ledger.readJob(jobId);
  if (job !== null) return job;
  throw new FyrestreamError({
    code: 'job-not-found',
    message: `There is no job ${jobId}.`,
    retryable: false,
  });
}
