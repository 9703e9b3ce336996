import type { QueuedMessage } from '@fyrestream/cloud';
import type { StackQueue } from '../stack/stack.ts';

/** Requeueing a page takes less than this. After a crash the messages become visible again after this time. */
const hiddenWhileRequeuedSeconds = 60;
/** All messages are read before the first becomes visible again. */
const hiddenWhileShownSeconds = 300;

/**
 * Sends every dead letter back to its queue. Each is sent before it is deleted: a crash in between duplicates a message,
 * which is harmless, and never loses one.
 * @param report called for each message after it was sent
 * @param identityOf what stays the same where a message fails again: its id, if SQS moves it
 */
export async function redriveQueue(
  { messages, deadLetters }: StackQueue,
  report: (message: QueuedMessage) => void,
  signal: AbortSignal,
  identityOf: (message: QueuedMessage) => string = ({ messageId }) => messageId,
): Promise<void> {
  const sent = new Set<string>();
  const left: QueuedMessage[] = [];
  const requeue = async (message: QueuedMessage) => {
    // A message that failed again during this run is left for the next run; otherwise the loop could run for ever.
    if (sent.has(identityOf(message))) {
      left.push(message);
      return;
    }
    const messageId = await messages.send(message.body);
    sent.add(identityOf({ ...message, messageId }));
    await deadLetters.delete(message.receiptHandle);
    report(message);
  };
  try {
    for (;;) {
      signal.throwIfAborted();
      const page = await deadLetters.receive(hiddenWhileRequeuedSeconds);
      if (page.length === 0) return;
      const outcomes = await Promise.allSettled(page.map(requeue));
      const failure = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failure !== undefined) throw failure.reason;
    }
  } finally {
    await Promise.all(left.map(({ receiptHandle }) => deadLetters.release(receiptHandle)));
  }
}

/** Reads every dead letter, or about `limit` of them, and leaves it in its queue. @returns whether that were all */
export async function peekDeadLetters(
  { deadLetters }: Pick<StackQueue, 'deadLetters'>,
  report: (message: QueuedMessage) => void,
  signal: AbortSignal,
  limit = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const found: QueuedMessage[] = [];
  const releaseAll = (messages: readonly QueuedMessage[]) =>
    Promise.all(messages.map(({ receiptHandle }) => deadLetters.release(receiptHandle)));
  try {
    for (;;) {
      signal.throwIfAborted();
      const page = await deadLetters.receive(hiddenWhileShownSeconds);
      if (page.length === 0) return true;
      if (found.length >= limit) {
        await releaseAll(page);
        return false;
      }
      found.push(...page);
      page.forEach(report);
    }
  } finally {
    await releaseAll(found);
  }
}
