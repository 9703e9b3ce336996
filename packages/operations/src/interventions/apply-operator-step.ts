import { FyrestreamError, type JobRecord, type JobStep } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** The job steps that an operator may apply. */
export type OperatorStep = Extract<JobStep, { kind: 'held' | 'released' | 'cancelled' | 'retried' }>;

/**
 * Applies a step to a job and sends a message, so that the invoker reconciles the job at once: it launches what is due and
 * publishes owed events. If the message is lost, the next sweep does the same.
 * @returns the job after the step
 * @throws FyrestreamError `step-refused` with the reason, `job-not-found`
 */
export async function applyOperatorStep(
  { ledger, sender }: Pick<Stack, 'ledger' | 'sender'>,
  jobId: string,
  step: OperatorStep,
): Promise<JobRecord> {
  const advance = await ledger.advance(jobId, step);
  if (advance.outcome === 'refused') throw stepRefusedError(jobId, step, advance.because);
  await sender.send({ kind: 'job-due', jobId }, 0);
  return advance.job;
}

export function stepRefusedError(jobId: string, step: OperatorStep, because: string): FyrestreamError {
  return new FyrestreamError({
    code: 'step-refused',
    message: `Job ${jobId} cannot be ${step.kind}: ${because}.`,
    retryable: false,
  });
}
