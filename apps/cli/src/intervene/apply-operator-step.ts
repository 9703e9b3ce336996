import { FyrestreamError, type JobRecord, type JobStep } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** What a person may do to a job. */
export type OperatorStep = Extract<JobStep, { kind: 'held' | 'released' | 'cancelled' | 'retried' }>;

/**
 * Takes a step for a person and has the invoker act upon it at once: launch what is due, announce what is owed.
 * Should that message be lost, the next sweep does the same.
 * @returns the job after the step
 * @throws FyrestreamError `step-refused` with what stands against it, `job-not-found`
 */
export async function applyOperatorStep(
  { ledger, sender }: Pick<Stack, 'ledger' | 'sender'>,
  jobId: string,
  step: OperatorStep,
): Promise<JobRecord> {
  const advance = await ledger.advance(jobId, step);
  if (advance.outcome === 'refused') throw stepRefused(jobId, step, advance.because);
  await sender.send({ kind: 'job-due', jobId }, 0);
  return advance.job;
}

export function stepRefused(jobId: string, step: OperatorStep, because: string): FyrestreamError {
  return new FyrestreamError({
    code: 'step-refused',
    message: `Job ${jobId} cannot be ${step.kind}: ${because}.`,
    retryable: false,
  });
}
