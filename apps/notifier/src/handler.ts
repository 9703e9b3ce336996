import {
  parseWebhookMessage,
  reasonFrom,
  type WebhookEvent,
  type WebhookMessage,
  webhookRetrySpread,
} from '@fyrestream/events';
import { deliver } from './deliver.ts';
import type { NotifierDependencies } from './notifier-dependencies.ts';

/** The event of an SQS event source mapping. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface SqsEvent {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

/** The partial batch response: the named messages stay in the queue, hidden for as long as they are; the others are deleted. */
export interface SqsBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/**
 * The notifier: sends job events to the endpoints that want them. A job event becomes one message per endpoint, so that no
 * endpoint repeats or delays the events of another. Each is posted until the endpoint takes it, with a growing delay; then it
 * is a dead letter, and the log has the reason under the message id.
 */
export function createNotifier(dependencies: NotifierDependencies) {
  const { retryDelaysSeconds, log } = dependencies;

  return async function handle(event: SqsEvent): Promise<SqsBatchResponse> {
    const failed: string[] = [];
    await Promise.all(
      event.Records.map(async (record) => {
        const receives = Number(record.attributes.ApproximateReceiveCount);
        let about: object = { messageId: record.messageId, receives };
        try {
          const message = parseWebhookMessage(record.body);
          about = { ...about, ...subjectOf(message) };
          await handleMessage(dependencies, message, receives > retryDelaysSeconds.length);
        } catch (error) {
          failed.push(record.messageId);
          const reason = reasonFrom(error);
          log.error({ ...about, reason }, 'message-failed');
          // A malformed message is left to the visibility timeout of the queue.
          if (reason.retryable) await postpone(dependencies, record.receiptHandle, receives);
        }
      }),
    );
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** The id of an event contains that of its job, by which the log is searched. */
function subjectOf(message: WebhookMessage) {
  const { eventId } = message.event;
  return message.kind === 'delivery' ? { endpoint: message.endpoint, eventId } : { eventId };
}

async function handleMessage(
  dependencies: NotifierDependencies,
  message: WebhookMessage,
  isLastAttempt: boolean,
): Promise<void> {
  if (message.kind === 'delivery') await deliver(dependencies, message, isLastAttempt);
  else await fanOut(dependencies, message.event);
}

/** If it is repeated, because a part of it failed, the endpoints get the event again under the same id. */
async function fanOut({ webhooks, queue, log }: NotifierDependencies, event: WebhookEvent): Promise<void> {
  const endpoints = Object.entries(webhooks)
    .filter(([, { kinds }]) => kinds === undefined || kinds.some((kind) => kind === event.kind))
    .map(([name]) => name);
  await queue.send(
    endpoints.map((endpoint) => ({ schemaVersion: 1, kind: 'delivery', endpoint, event }) as const),
  );
  log.info({ eventId: event.eventId, endpoints }, 'event-fanned-out');
}

/** After the last attempt, SQS moves the message to the dead-letter queue when it would be received again: at once. */
async function postpone(
  { queue, retryDelaysSeconds, random, log }: NotifierDependencies,
  receiptHandle: string,
  receives: number,
): Promise<void> {
  const seconds = (retryDelaysSeconds[receives - 1] ?? 0) * (1 + random() * webhookRetrySpread);
  // Otherwise the visibility timeout of the queue is the delay; the other messages of the batch are not repeated for it.
  await queue.retryAfter(receiptHandle, seconds).catch((error: unknown) => {
    log.warn({ reason: reasonFrom(error) }, 'message-not-postponed');
  });
}
