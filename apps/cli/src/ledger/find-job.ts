import { FyrestreamError, type JobOutputs, type JobRecord, jobIdSchema } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Checks a job id as typed.
 * @throws UsageError `bad-job-id`
 */
export function checkJobId(typed: string, { orDirectory = false } = {}): string {
  if (jobIdSchema.safeParse(typed).success) return typed;
  throw new UsageError(
    'bad-job-id',
    `${typed} is ${orDirectory ? 'neither a directory nor' : 'not'} a job id: a job id has 26 characters from a-z and 2-7.`,
  );
}

/** @throws FyrestreamError `job-not-found` */
export async function findJob({ ledger }: Pick<Stack, 'ledger'>, jobId: string): Promise<JobRecord> {
  const job = await ledger.readJob(jobId);
  if (job !== null) return job;
  throw new FyrestreamError({
    code: 'job-not-found',
    message: `There is no job ${jobId}; after an upload its job takes a moment to appear.`,
    retryable: false,
  });
}

/** @throws FyrestreamError `nothing-published` */
export function outputsOf(job: JobRecord): JobOutputs {
  if (job.outputs !== null) return job.outputs;
  throw new FyrestreamError({
    code: 'nothing-published',
    message: `Job ${job.jobId} is ${job.status} and has published nothing.`,
    retryable: false,
  });
}
