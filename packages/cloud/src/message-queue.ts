import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Connection, clientConfiguration } from './connection.ts';

export interface QueuedMessage {
  /** Stays the same when SQS moves the message to a dead-letter queue. */
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** ISO 8601; a move to a dead-letter queue does not change it. */
  readonly sentAt: string;
}

export interface QueueDepth {
  readonly waiting: number;
  /** Sent with a delay that has not ended. */
  readonly delayed: number;
  /** Received, but not deleted yet. */
  readonly underWay: number;
}

/** Long polling: SQS then asks all its servers; a short poll may miss messages. */
const waitSeconds = 1;
const maxPerCall = 10;

export type MessageQueue = ReturnType<typeof createMessageQueue>;

/** The operations of an operator on a queue. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html */
export function createMessageQueue(connection: Connection, queueUrl: string) {
  const client = new SQSClient(clientConfiguration(connection, 'sqs'));
  const queue = { QueueUrl: queueUrl };
  return {
    /** Receives at most 10 messages and hides them from other consumers for `hiddenSeconds`. */
    async receive(hiddenSeconds: number): Promise<QueuedMessage[]> {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          ...queue,
          MaxNumberOfMessages: maxPerCall,
          WaitTimeSeconds: waitSeconds,
          VisibilityTimeout: hiddenSeconds,
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      return Messages.map((message) => ({
        messageId: message.MessageId ?? '',
        receiptHandle: message.ReceiptHandle ?? '',
        body: message.Body ?? '',
        sentAt: new Date(Number(message.Attributes?.SentTimestamp ?? 0)).toISOString(),
      }));
    },

    /** @returns the id of the message in this queue */
    async send(body: string): Promise<string> {
      const { MessageId } = await client.send(new SendMessageCommand({ ...queue, MessageBody: body }));
      return MessageId ?? '';
    },

    async delete(receiptHandle: string): Promise<void> {
      await client.send(new DeleteMessageCommand({ ...queue, ReceiptHandle: receiptHandle }));
    },

    /** Makes a received message visible again. */
    async release(receiptHandle: string): Promise<void> {
      await client.send(
        new ChangeMessageVisibilityCommand({
          ...queue,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    },

    /** The approximate numbers of messages. */
    async depth(): Promise<QueueDepth> {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          ...queue,
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesDelayed',
            'ApproximateNumberOfMessagesNotVisible',
          ],
        }),
      );
      return {
        waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
        underWay: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
      };
    },
  };
}
