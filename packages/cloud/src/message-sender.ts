import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { ControlMessage } from '@fyrestream/events';
import { type Connection, clientConfiguration } from './connection.ts';

/** SQS delays a message by at most 15 minutes. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const maxDelaySeconds = 900;

export type MessageSender = ReturnType<typeof createMessageSender>;

/** Sends control messages to the invoker, through the control queue. */
export function createMessageSender(connection: Connection, queueUrl: string) {
  const client = new SQSClient(clientConfiguration(connection, 'sqs'));
  return {
    async send(message: ControlMessage, delaySeconds: number): Promise<void> {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(message),
          DelaySeconds: Math.min(maxDelaySeconds, Math.max(0, Math.ceil(delaySeconds))),
        }),
      );
    },
  };
}
