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
  /** Sent with a delay that is not over. */
  readonly delayed: number;
  /** Received by somebody who has not deleted it yet. */
  readonly underWay: number;
}

/** Long enough for SQS to ask all of its servers: a short poll may answer nothing although there is something. */
const waitSeconds = 1;
const maxPerCall = 10;

export type MessageQueue = ReturnType<typeof createMessageQueue>;

/** A queue as its operator sees it. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html */
export function createMessageQueue(connection: Connection, queueUrl: string) {
  const client = new SQSClient(clientConfiguration(connection, 'sqs'));
  const queue = { QueueUrl: queueUrl };
  return {
    /** At most ten messages, hidden from everybody else for so long; none where the queue is empty. */
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

    /** Shows a received message to others again. */
    async release(receiptHandle: string): Promise<void> {
      await client.send(
        new ChangeMessageVisibilityCommand({
          ...queue,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    },

    /** How many messages there are, as far as SQS knows at the moment. */
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
