import { arn } from '../arn.ts';
import { AwsError } from '../control-plane/aws-error.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { type PrincipalName, toPrincipal } from '../iam/principals.ts';
import { type Queues, queueUrl } from './open-queues.ts';

/** Uses one queue within this process, with the permissions of a principal. */
export interface QueueClient {
  readonly send: (body: string) => Promise<void>;
  /** Whether `receive` would return a message now. */
  readonly hasVisibleMessage: () => boolean;
  /** Receives up to `max` (at most 10) visible messages without waiting. */
  readonly receive: (max: number) => Promise<readonly ReceivedMessage[]>;
  readonly delete: (receiptHandle: string) => Promise<void>;
  /** Makes a received message visible again after that time. Ignores a message that is already deleted. */
  readonly release: (receiptHandle: string, afterSeconds: number) => Promise<void>;
}

/** A message in the response of ReceiveMessage. */
export interface ReceivedMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
}

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

export function createQueueClient(
  queues: Queues,
  accessControl: AccessControl,
  principal: PrincipalName,
  queueName: string,
): QueueClient {
  const call = async (operation: string, input: object): Promise<unknown> => {
    const resource = arn.queue(queueName);
    if (!accessControl.authorise(toPrincipal(principal), `sqs:${operation}`, resource)) {
      throw new AwsError(
        'AccessDeniedException',
        `${principal} may not call ${operation} on ${resource}.`,
        403,
      );
    }
    const host = '127.0.0.1';
    const request = { QueueUrl: queueUrl(`http://${host}`, queueName), ...input };
    const answer = await queues.call(operation, JSON.stringify(request), host);
    if (answer.status !== 200 && !answer.body.includes('MessageNotInflight')) {
      throw new AwsError('QueueFailure', `${operation} on ${queueName}: ${answer.body}`, answer.status);
    }
    return answer.body === '' ? {} : JSON.parse(answer.body);
  };
  return {
    send: async (body) => {
      await call('SendMessage', { MessageBody: body });
    },
    hasVisibleMessage: () => queues.hasVisibleMessage(queueName),
    receive: async (max) => {
      const input = {
        MaxNumberOfMessages: max,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      };
      const answer = (await call('ReceiveMessage', input)) as { Messages?: readonly ReceivedMessage[] };
      return answer.Messages ?? [];
    },
    delete: async (receiptHandle) => {
      await call('DeleteMessage', { ReceiptHandle: receiptHandle });
    },
    release: async (receiptHandle, afterSeconds) => {
      await call('ChangeMessageVisibility', {
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: afterSeconds,
      });
    },
  };
}
