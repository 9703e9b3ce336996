import type { JobRecord, Reason } from '@fyrestream/events';
import { errorMessage } from '../describe-error.ts';
import { findJob } from '../ledger/find-job.ts';
import type { Stack } from '../stack/stack.ts';
import { applyOperatorStep } from './apply-operator-step.ts';

const cancelled: Reason = { code: 'cancelled', message: 'An operator cancelled it.', retryable: false };

/**
 * Cancels a job. Its worker notices this within seconds and stops. The task is stopped too, which helps where the worker
 * has not started yet.
 * @param note receives the reason where the task could not be stopped
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export async function cancelJob(
  stack: Stack,
  jobId: string,
  note: (line: string) => void,
  reason = cancelled,
): Promise<JobRecord> {
  const { launch } = await findJob(stack, jobId);
  const job = await applyOperatorStep(stack, jobId, { kind: 'cancelled', reason });
  if (launch?.taskArn) {
    await stack.launcher.stop(launch.request.cluster, launch.taskArn, reason.message).catch((error) => {
      note(
        `its task could not be stopped and will notice the cancellation by itself: ${errorMessage(error)}`,
      );
    });
  }
  return job;
}
