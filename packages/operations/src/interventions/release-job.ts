import type { JobRecord } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { applyOperatorStep } from './apply-operator-step.ts';

/**
 * Continues a held job, whatever its estimated cost.
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export function releaseJob(stack: Pick<Stack, 'ledger' | 'sender'>, jobId: string): Promise<JobRecord> {
  return applyOperatorStep(stack, jobId, { kind: 'released' });
}
