import { advanceJob, type JobRecord } from '@fyrestream/events';
import { findJob } from '../ledger/find-job.ts';
import type { Stack } from '../stack/stack.ts';
import { applyOperatorStep, stepRefused } from './apply-operator-step.ts';

/**
 * Starts a job that is over once more, from the beginning: what its units stored may be gone, or be what failed.
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export async function retryJob(stack: Stack, jobId: string): Promise<JobRecord> {
  const step = { kind: 'retried' } as const;
  const job = await findJob(stack, jobId);
  // Asked first: opening the units of a job at work would void what it has done.
  const prospect = advanceJob(job, step, job.updatedAt);
  if (prospect.outcome === 'refused') throw stepRefused(jobId, step, prospect.because);
  await stack.ledger.reopenUnits(jobId);
  return applyOperatorStep(stack, jobId, step);
}
