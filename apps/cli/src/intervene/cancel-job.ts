import type { JobRecord } from '@fyrestream/events';
import { sentenceOf } from '../describe-failure.ts';
import { findJob } from '../ledger/find-job.ts';
import type { Stack } from '../stack/stack.ts';
import { applyOperatorStep } from './apply-operator-step.ts';

const reason = { code: 'cancelled', message: 'An operator cancelled it.', retryable: false };

/**
 * Ends a job for good. Its worker leaves by itself when it hears of it, within seconds; its task is told too, which
 * spares what has not yet begun.
 * @param note hears why the task could not be told
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export async function cancelJob(
  stack: Stack,
  jobId: string,
  note: (line: string) => void,
): Promise<JobRecord> {
  const { launch } = await findJob(stack, jobId);
  const job = await applyOperatorStep(stack, jobId, { kind: 'cancelled', reason });
  if (launch?.taskArn) {
    await stack.launcher.stop(launch.request.cluster, launch.taskArn, reason.message).catch((error) => {
      note(`its task was not told and will notice by itself: ${sentenceOf(error)}`);
    });
  }
  return job;
}
