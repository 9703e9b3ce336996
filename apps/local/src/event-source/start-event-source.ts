import type { InvocationOutcome } from '../lambda/invocation.ts';
import type { QueueClient, ReceivedMessage } from '../sqs/queue-client.ts';
import type { EventSourceDefinition } from '../topology.ts';
import { failedMessageIds } from './failed-message-ids.ts';
import { toLambdaEvent } from './to-lambda-event.ts';

export interface EventSource {
  /** Stops receiving, waits for what is being handled for so long, and gives the rest back to the queue. */
  readonly stop: (graceSeconds: number) => Promise<void>;
}

export interface EventSourceDependencies {
  readonly definition: EventSourceDefinition;
  readonly queue: QueueClient;
  readonly queueArn: string;
  readonly invoke: (payload: string) => Promise<InvocationOutcome>;
  readonly log: (line: string) => void;
}

/**
 * Lambda's event source mapping: hands the messages of a queue to a function, batch by batch, and deletes those that it
 * dealt with. It looks for messages often instead of waiting in the queue: a wait that ends in a stop can hide a message
 * until its visibility timeout.
 */
export function startEventSource(dependencies: EventSourceDependencies): EventSource {
  const { definition, queue, log } = dependencies;
  const batches = new Map<Promise<void>, readonly ReceivedMessage[]>();
  let stopped = false;
  let looking: Promise<void> | undefined;

  const handle = async (messages: readonly ReceivedMessage[]) => {
    const failed = await handleBatch(dependencies, messages);
    for (const { MessageId, ReceiptHandle } of messages) {
      if (failed.has(MessageId))
        await queue.release(ReceiptHandle, stopped ? 0 : definition.retryAfterSeconds);
      else await queue.delete(ReceiptHandle);
    }
  };
  const look = async () => {
    while (!stopped && batches.size < definition.maximumConcurrency) {
      const messages = await queue.receive(definition.batchSize);
      if (messages.length === 0) return;
      const batch: Promise<void> = handle(messages)
        .catch((error: unknown) => log(`event source: ${String(error)}`))
        .finally(() => batches.delete(batch));
      batches.set(batch, messages);
    }
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log(`event source: ${String(error)}`))
      .finally(() => {
        looking = undefined;
      });
  }, definition.pollIntervalSeconds * 1000);

  return {
    stop: async (graceSeconds) => {
      stopped = true;
      clearInterval(timer);
      await looking;
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
    const result = await invoke(JSON.stringify(toLambdaEvent(messages, queueArn)));
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
