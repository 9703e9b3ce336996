import type { QueuedMessage } from '@fyrestream/cloud';
import type { Stack, StackQueue } from '../stack/stack.ts';
import { describeWebhookMessage } from './describe-dead-letter.ts';
import { redriveQueue } from './redrive-queue.ts';
import { redriveWebhooks } from './redrive-webhooks.ts';

/** A queue whose dead letters are shown or sent again. */
export interface RedriveTarget {
  readonly queue: StackQueue;
  /** Sends them all again. @param report called for each message after it was sent */
  readonly send: (report: (message: QueuedMessage) => void, signal: AbortSignal) => Promise<void>;
  /** The log of the function that receives from the queue. */
  readonly failureLog: Stack['failureLog'];
  readonly receiver: 'poller' | 'notifier';
  /** What a message is about; it throws where the message is malformed. Default: that of the poller. */
  readonly describe?: (body: string) => string;
}

/** @returns null for the webhooks of a stack that has none */
export function redriveTargetOf(
  stack: Pick<Stack, 'queues' | 'webhooks' | 'failureLog'>,
  name: 'uploads' | 'control' | 'webhooks',
): RedriveTarget | null {
  if (name !== 'webhooks') {
    const queue = stack.queues[name];
    return {
      queue,
      send: (report, signal) => redriveQueue(queue, report, signal),
      failureLog: stack.failureLog,
      receiver: 'poller',
    };
  }
  const { webhooks } = stack;
  return (
    webhooks && {
      queue: webhooks.queue,
      send: (report, signal) => redriveWebhooks(webhooks, report, signal),
      failureLog: webhooks.failureLog,
      receiver: 'notifier',
      describe: describeWebhookMessage,
    }
  );
}
