import type { JobRecord } from '@fyrestream/events';
import {
  cancelJob,
  holdJob,
  type OperatorStep,
  releaseJob,
  retryJob,
  type Stack,
} from '@fyrestream/operations';

/** What a person may do with a job. */
export const actions = ['retry', 'cancel', 'hold', 'release'] as const;
export type Action = (typeof actions)[number];

export const actionSteps = {
  retry: 'retried',
  cancel: 'cancelled',
  hold: 'held',
  release: 'released',
} as const satisfies Record<Action, OperatorStep['kind']>;

/**
 * Applies an action.
 * @param logFailure gets the error where the task of a cancelled job could not be stopped: it notices the cancellation by itself
 * @throws FyrestreamError `step-refused`, `job-not-found`
 */
export function applyAction(
  stack: Stack,
  jobId: string,
  action: Action,
  logFailure: (error: unknown) => void,
): Promise<JobRecord> {
  switch (action) {
    case 'retry':
      return retryJob(stack, jobId);
    case 'cancel':
      return cancelJob(stack, jobId, { onTaskNotStopped: logFailure });
    case 'hold':
      return holdJob(stack, jobId);
    case 'release':
      return releaseJob(stack, jobId);
  }
}
