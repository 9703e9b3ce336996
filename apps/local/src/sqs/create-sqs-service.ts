import { arn } from '../arn.ts';
import type { AwsOperation, AwsService } from '../control-plane/aws-service.ts';
import { operationOfTarget } from '../control-plane/json-service.ts';
import type { JsonObject } from '../json-value.ts';
import type { Queues } from './open-queues.ts';

/** The SQS API: checks permissions and forwards the calls to fauxqs. */
export function createSqsService(queues: Pick<Queues, 'call'>): AwsService {
  return {
    name: 'sqs',
    operationOf: (request) => operationOfTarget(request.headers['x-amz-target'], 'AmazonSQS'),
    operations: new Map(
      [...actions].map(([operation, action]) => [operation, forward(queues, operation, action)]),
    ),
    errorCodeIn: 'body',
    accessDenied: { code: 'com.amazon.coral.service#AccessDeniedException', status: 403 },
  };
}

function forward(queues: Pick<Queues, 'call'>, operation: string, action: string): AwsOperation {
  return {
    permissions: ({ input }) => [{ action: `sqs:${action}`, resource: queueArn(input) }],
    run: async ({ request, input }) => {
      const host = request.headers.host ?? '127.0.0.1';
      const answer = await queues.call(operation, request.body.toString('utf8'), host);
      // Without this, a long poll whose caller has disconnected would hide its messages until the visibility timeout.
      if (operation === 'ReceiveMessage' && request.isAbandoned())
        await release(queues, input, answer.body, host);
      return answer;
    },
  };
}

async function release(
  queues: Pick<Queues, 'call'>,
  input: JsonObject,
  received: string,
  host: string,
): Promise<void> {
  const { Messages: messages = [] } = JSON.parse(received) as { Messages?: { ReceiptHandle: string }[] };
  for (const { ReceiptHandle } of messages) {
    const change = { QueueUrl: input.QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
    await queues.call('ChangeMessageVisibility', JSON.stringify(change), host);
  }
}

/** Batch operations need the permission of the single operation. */
const actions: ReadonlyMap<string, string> = new Map([
  ['ChangeMessageVisibility', 'ChangeMessageVisibility'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
  ['CreateQueue', 'CreateQueue'],
  ['DeleteMessage', 'DeleteMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
  ['DeleteQueue', 'DeleteQueue'],
  ['GetQueueAttributes', 'GetQueueAttributes'],
  ['GetQueueUrl', 'GetQueueUrl'],
  ['ListQueues', 'ListQueues'],
  ['PurgeQueue', 'PurgeQueue'],
  ['ReceiveMessage', 'ReceiveMessage'],
  ['SendMessage', 'SendMessage'],
  ['SendMessageBatch', 'SendMessage'],
  ['SetQueueAttributes', 'SetQueueAttributes'],
]);

function queueArn(input: JsonObject): string {
  const url = input.QueueUrl;
  const name = typeof url === 'string' ? url.split('/').at(-1) : input.QueueName;
  return arn.queue(typeof name === 'string' && name !== '' ? name : '*');
}
