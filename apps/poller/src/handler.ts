import type { FunctionCaller, Logger } from '@fyrestream/cloud';
import { type InvokerMessage, jobIdOfMessage, parseQueueMessage, reasonFrom } from '@fyrestream/events';
import pMap from 'p-map';

/** The event of an SQS event source mapping. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** The partial batch response: SQS delivers the named messages again and deletes the others. */
export interface SqsBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface PollerDependencies {
  readonly invoker: FunctionCaller;
  readonly log: Logger;
}

/** All concurrent batches share the reserved concurrency of the invoker. */
export const invokeConcurrency = 5;

/**
 * The poller: parses each message and calls the invoker synchronously, once per upload, deletion or control message. A message is
 * deleted from its queue only after all its calls succeeded. A message that fails is delivered again and finally moves to the
 * dead-letter queue; the log contains the reason under the message id.
 */
export function createPoller({ invoker, log }: PollerDependencies) {
  return async function handle(event: SqsEvent): Promise<SqsBatchResponse> {
    const failed = new Set<string>();
    const calls: { messageId: string; request: InvokerMessage }[] = [];

    const fail = (messageId: string, error: unknown, facts: object = {}) => {
      failed.add(messageId);
      log.error({ messageId, ...facts, reason: reasonFrom(error) }, 'message-failed');
    };

    for (const { messageId, body } of event.Records) {
      try {
        const { requests, ignored } = parseQueueMessage(body);
        if (ignored.length > 0) log.info({ messageId, ignored }, 'message-ignored');
        calls.push(...requests.map((request) => ({ messageId, request })));
      } catch (error) {
        fail(messageId, error);
      }
    }

    await pMap(
      calls,
      async ({ messageId, request }) => {
        const jobId = jobIdOfMessage(request);
        const facts = { request: request.kind, ...(jobId !== null && { jobId }) };
        try {
          await invoker.call(request);
          log.info({ messageId, ...facts }, 'message-handled');
        } catch (error) {
          fail(messageId, error, facts);
        }
      },
      { concurrency: invokeConcurrency },
    );

    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
