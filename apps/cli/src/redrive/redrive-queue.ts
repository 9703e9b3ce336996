import type { QueuedMessage } from '@fyrestream/cloud';
import type { StackQueue } from '../stack/stack.ts';

/** A page is requeued in moments; what a crash leaves hidden is back after this. */
const hiddenWhileRequeuedSeconds = 60;
/** All of them are looked at before they are shown to others again. */
const hiddenWhileShownSeconds = 300;

/**
 * Sends every dead letter to the queue that it came from. Each is sent before it is deleted: a crash in between doubles a
 * message, which changes nothing, and never loses one.
 * @param report hears of each message once it is back in its queue
 */
export async function redriveQueue(
  { messages, deadLetters }: StackQueue,
  report: (message: QueuedMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const sent = new Set<string>();
  const requeue = async (message: QueuedMessage) => {
    // What failed again while others were requeued is for the next time, or this would have no end.
    if (sent.has(message.messageId)) return;
    sent.add(await messages.send(message.body));
    await deadLetters.delete(message.receiptHandle);
    report(message);
  };
  for (;;) {
    signal.throwIfAborted();
    const page = await deadLetters.receive(hiddenWhileRequeuedSeconds);
    if (page.length === 0) return;
    const outcomes = await Promise.allSettled(page.map(requeue));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }
}

/** Looks at every dead letter and leaves it where it is. */
export async function showDeadLetters(
  { deadLetters }: Pick<StackQueue, 'deadLetters'>,
  report: (message: QueuedMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const found: QueuedMessage[] = [];
  try {
    for (;;) {
      signal.throwIfAborted();
      const page = await deadLetters.receive(hiddenWhileShownSeconds);
      if (page.length === 0) return;
      found.push(...page);
      page.forEach(report);
    }
  } finally {
    await Promise.all(found.map(({ receiptHandle }) => deadLetters.release(receiptHandle)));
  }
}
