import type { FunctionCaller, Logger } from '@fyrestream/cloud';
import { type InvokerMessage, parseQueueMessage, reasonFrom } from '@fyrestream/events';
import pMap from 'p-map';

/** What Lambda hands over for SQS. @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** The partial batch response: what is named here comes back, the rest of the batch is deleted. */
export interface SqsBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface PollerDependencies {
  readonly invoker: FunctionCaller;
  readonly log: Logger;
}

/** The invoker's reserved concurrency is shared by all batches in flight. */
const invokeConcurrency = 5;

/**
 * The poller: parses each message once and has the invoker do what it asks for, one synchronous call per upload.
 * A message leaves the queue only after all of its calls succeeded; whatever failed comes back, and what can never
 * succeed reaches the dead-letter queue with its reason in the log under the message id.
 */
export function createPoller({ invoker, log }: PollerDependencies) {
  return async function handle(event: SqsEvent): Promise<SqsBatchResponse> {
    const failed = new Set<string>();
    const calls: { messageId: string; request: InvokerMessage }[] = [];

    const fail = (messageId: string, error: unknown) => {
      failed.add(messageId);
      log.error({ messageId, reason: reasonFrom(error) }, 'message-failed');
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
        try {
          await invoker.call(request);
          log.info({ messageId, request: request.kind }, 'message-handled');
        } catch (error) {
          fail(messageId, error);
        }
      },
      { concurrency: invokeConcurrency },
    );

    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
