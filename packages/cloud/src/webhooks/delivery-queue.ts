import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { FyrestreamError, type WebhookDelivery } from '@fyrestream/events';
import { type Connection, clientConfiguration } from '../connection.ts';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const entriesPerCall = 10;

export type DeliveryQueue = ReturnType<typeof createDeliveryQueue>;

/** The queue of webhooks, as the notifier uses it beside Lambda, which receives from it and deletes. */
export function createDeliveryQueue(
  connection: Connection,
  { queueUrl, deadLetterQueueUrl }: { readonly queueUrl: string; readonly deadLetterQueueUrl: string },
) {
  const client = new SQSClient(clientConfiguration(connection, 'sqs'));
  return {
    /**
     * Sends one message per endpoint. The endpoint is the group of its messages, by which SQS prefers other endpoints to one
     * that is slow.
     * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
     * @throws FyrestreamError `delivery-not-sent` if SQS refused one: it answers 200 also then
     */
    async send(deliveries: readonly WebhookDelivery[]): Promise<void> {
      for (let index = 0; index < deliveries.length; index += entriesPerCall) {
        const { Failed: [failed] = [] } = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: deliveries.slice(index, index + entriesPerCall).map((delivery, entry) => ({
              Id: String(entry),
              MessageBody: JSON.stringify(delivery),
              MessageGroupId: delivery.endpoint,
            })),
          }),
        );
        if (failed) throw notSent(`${failed.Code} ${failed.Message ?? ''}`);
      }
    },

    /** @returns the id of the message in the dead-letter queue */
    async sendDeadLetter(delivery: WebhookDelivery): Promise<string> {
      const { MessageId } = await client.send(
        new SendMessageCommand({ QueueUrl: deadLetterQueueUrl, MessageBody: JSON.stringify(delivery) }),
      );
      return MessageId ?? '';
    },

    /** Hides a received message for that time, 12 hours at most; it is received again afterwards. */
    async retryAfter(receiptHandle: string, seconds: number): Promise<void> {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: Math.ceil(seconds),
        }),
      );
    },
  };
}

function notSent(why: string): FyrestreamError {
  return new FyrestreamError({
    code: 'delivery-not-sent',
    message: `The queue of webhooks refused a delivery: ${why}`,
    retryable: true,
  });
}
