import type { JobRecord, Reason } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { applyOperatorStep } from './apply-operator-step.ts';

const cancelled: Reason = { code: 'cancelled', message: 'An operator cancelled it.', retryable: false };

/**
 * Cancels a job. Its worker notices this within seconds and stops. The task is stopped too, which helps where the worker
 * has not started yet.
 * @param options onTaskNotStopped: receives the error where the task could not be stopped: it notices the cancellation by itself
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export async function cancelJob(
  stack: Pick<Stack, 'ledger' | 'sender' | 'launcher'>,
  jobId: string,
  { reason = cancelled, onTaskNotStopped }: { reason?: Reason; onTaskNotStopped: (error: unknown) => void },
): Promise<JobRecord> {
  const launch = (await stack.ledger.readJob(jobId))?.launch;
  const job = await applyOperatorStep(stack, jobId, { kind: 'cancelled', reason });
  if (launch?.taskArn) {
    await stack.launcher.stop(launch.request.cluster, launch.taskArn, reason.message).catch(onTaskNotStopped);
  }
  return job;
}
