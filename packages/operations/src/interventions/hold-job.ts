import type { JobRecord } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { applyOperatorStep } from './apply-operator-step.ts';

const reason = { code: 'held-by-operator', message: 'An operator holds it.', retryable: true };

/**
 * Keeps a queued job from starting until it is released.
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export function holdJob(stack: Pick<Stack, 'ledger' | 'sender'>, jobId: string): Promise<JobRecord> {
  return applyOperatorStep(stack, jobId, { kind: 'held', reason });
}
