import { FyrestreamError, type JobRecord, jobIdSchema } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Checks a job id as somebody typed it.
 * @throws UsageError `bad-job-id`
 */
export function checkJobId(typed: string): string {
  if (jobIdSchema.safeParse(typed).success) return typed;
  throw new UsageError('bad-job-id', `${typed} is no job id: one has 26 characters from a-z and 2-7.`);
}

/** @throws FyrestreamError `job-not-found` */
export async function findJob({ ledger }: Pick<Stack, 'ledger'>, jobId: string): Promise<JobRecord> {
  const job = await ledger.readJob(jobId);
  if (job !== null) return job;
  throw new FyrestreamError({
    code: 'job-not-found',
    message: `There is no job ${jobId}.`,
    retryable: false,
  });
}
