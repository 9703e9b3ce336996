import { FyrestreamError } from '@fyrestream/events';
import { jobQueuePosition, type Stack } from '@fyrestream/operations';
import type { JobDetailView } from './job-schema.ts';
import { toJobDetailView } from './to-job-detail-view.ts';

/** @throws FyrestreamError `job-not-found` */
export async function readJobDetail(
  stack: Pick<Stack, 'ledger' | 'queues'>,
  jobId: string,
): Promise<JobDetailView> {
  const { job, units } = await stack.ledger.readJobWithUnits(jobId);
  if (job === null) {
    const message = `There is no job ${jobId}. That of a new upload appears within seconds: ask again then.`;
    throw new FyrestreamError({ code: 'job-not-found', message, retryable: false });
  }
  const [queue, output] = await Promise.all([
    job.status === 'queued' ? jobQueuePosition(stack, job) : null,
    stack.ledger.readOutput(job.upload.key),
  ]);
  return toJobDetailView({ job, units, queue }, output);
}
