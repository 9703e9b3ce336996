import type { InvocationOutcome } from '../lambda/invocation.ts';
import type { QueueClient, ReceivedMessage } from '../sqs/queue-client.ts';
import type { EventSourceSettings } from '../topology.ts';
import { failedMessageIds } from './failed-message-ids.ts';
import { createSqsEvent } from './sqs-event.ts';

export interface EventSource {
  /** Stops receiving, waits for running batches, and then makes the messages of unfinished batches visible again. */
  readonly stop: (graceSeconds: number) => Promise<void>;
}

export interface EventSourceDependencies {
  readonly definition: EventSourceSettings;
  readonly queue: QueueClient;
  readonly queueArn: string;
  readonly invoke: (payload: string) => Promise<InvocationOutcome>;
  /** Whether the function can store its results. While it cannot, messages stay in the queue, so that they are not received in vain. */
  readonly isReady: () => Promise<boolean>;
  readonly log: (line: string) => void;
}

/**
 * The event source mapping of Lambda: invokes a function with batches of messages of a queue, and deletes the messages that
 * succeeded. It polls often instead of long polling, because a long poll that is aborted can hide a message until its
 * visibility timeout.
 */
export function startEventSource(dependencies: EventSourceDependencies): EventSource {
  const { definition, queue, isReady, log } = dependencies;
  const batches = new Map<Promise<void>, readonly ReceivedMessage[]>();
  let stopped = false;
  let polling: Promise<void> | undefined;

  const handle = async (messages: readonly ReceivedMessage[]) => {
    const failed = await handleBatch(dependencies, messages);
    for (const { MessageId, ReceiptHandle } of messages) {
      const retryAfterSeconds = stopped ? 0 : definition.retryAfterSeconds;
      if (!failed.has(MessageId)) await queue.delete(ReceiptHandle);
      else if (retryAfterSeconds !== null) await queue.release(ReceiptHandle, retryAfterSeconds);
    }
  };
  const hasWork = () => !stopped && batches.size < definition.maxConcurrency && queue.hasVisibleMessage();
  const poll = async () => {
    while (hasWork() && (await isReady())) {
      const messages = await queue.receive(definition.batchSize);
      if (messages.length === 0) return;
      const batch: Promise<void> = handle(messages)
        .catch((error: unknown) => log(`event source: ${String(error)}`))
        .finally(() => batches.delete(batch));
      batches.set(batch, messages);
    }
  };
  const timer = setInterval(() => {
    polling ??= poll()
      .catch((error: unknown) => log(`event source: ${String(error)}`))
      .finally(() => {
        polling = undefined;
      });
  }, definition.pollIntervalSeconds * 1000);

  return {
    stop: async (graceSeconds) => {
      stopped = true;
      clearInterval(timer);
      await polling;
      await Promise.race([Promise.all(batches.keys()), delay(graceSeconds)]);
      for (const { ReceiptHandle } of [...batches.values()].flat()) await queue.release(ReceiptHandle, 0);
    },
  };
}

async function handleBatch(
  { invoke, queueArn, log }: EventSourceDependencies,
  messages: readonly ReceivedMessage[],
): Promise<ReadonlySet<string>> {
  const messageIds = messages.map((message) => message.MessageId);
  try {
    const result = await invoke(JSON.stringify(createSqsEvent(messages, queueArn)));
    if (result.outcome === 'failed') log(`event source: ${result.error.errorMessage}`);
    return failedMessageIds(messageIds, result);
  } catch (error) {
    log(`event source: ${String(error)}`);
    return new Set(messageIds);
  }
}

function delay(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000).unref();
  });
}
