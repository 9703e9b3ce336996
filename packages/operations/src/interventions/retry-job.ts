import { advanceJob, isDeletedVersion, type JobRecord } from '@fyrestream/events';
import { requireJob } from '../jobs/require-job.ts';
import type { Stack } from '../stack/stack.ts';
import { applyOperatorStep, stepRefusedError } from './apply-operator-step.ts';

/**
 * Restarts a job that is over from the beginning, because the files of its units may be deleted or may have caused the failure.
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export async function retryJob(stack: Pick<Stack, 'ledger' | 'sender'>, jobId: string): Promise<JobRecord> {
  const step = { kind: 'retried' } as const;
  const job = await requireJob(stack, jobId);
  // Checked first, because reopening the units of a running job would discard its work.
  const preview = advanceJob(job, step, job.updatedAt);
  if (preview.outcome === 'refused') throw stepRefusedError(jobId, step, preview.because);
  const output = await stack.ledger.readOutput(job.upload.key);
  if (output !== null && isDeletedVersion(output, job.upload)) {
    throw stepRefusedError(jobId, step, 'it was deleted; upload the file again');
  }
  await stack.ledger.reopenUnits(jobId);
  return applyOperatorStep(stack, jobId, step);
}
