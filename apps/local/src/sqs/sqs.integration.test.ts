import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  eventually,
  startTestServiceGateway,
  type TestServiceGateway,
} from '../../test/test-service-gateway.ts';
import { createSqsService } from './create-sqs-service.ts';
import { openQueues, type Queues } from './open-queues.ts';
import { createQueueClient } from './queue-client.ts';

const definition = {
  name: 'fyrestream-sqs-local',
  deadLetterName: 'fyrestream-sqs-dead-letters-local',
  visibilityTimeoutSeconds: 60,
  maxReceives: 2,
};
let parts: TestServiceGateway;
let queues: Queues;
let client: SQSClient;
let QueueUrl: string;

async function open(): Promise<Queues> {
  return await openQueues({ directory: parts.layout.queues, baseUrl: parts.url, queues: [definition] });
}

beforeAll(async () => {
  parts = await startTestServiceGateway();
  queues = await open();
  // The service stays while a test closes and reopens the queues.
  parts.controlPlane.add(createSqsService({ call: (...given) => queues.call(...given) }));
  client = new SQSClient(parts.clientFor('operator'));
  QueueUrl = `${parts.url}/000000000000/${definition.name}`;
});
afterAll(async () => {
  await queues.close();
  await parts.close();
});

async function receiveBodies(): Promise<string[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  if (Messages.length > 0) {
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
  return Messages.map((message) => message.Body ?? '').sort();
}

it('returns queue URLs that resolve', async () => {
  const answer = await client.send(new GetQueueUrlCommand({ QueueName: definition.name }));
  expect(answer.QueueUrl).toBe(QueueUrl);
});

it('sends and receives messages, single and in batches', async () => {
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }));
  const Entries = ['two', 'three'].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
  await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(await receiveBodies()).toEqual(['one', 'three', 'two']);
  expect(await receiveBodies()).toEqual([]);
});

it('moves a message to the dead-letter queue after the allowed receives', async () => {
  const queue = createQueueClient(queues, parts.accessControl, 'poller', definition.name);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  for (let receive = 0; receive < definition.maxReceives; receive += 1) {
    const [message] = await queue.receive(10);
    expect(message?.Attributes?.ApproximateReceiveCount).toBe(String(receive + 1));
    await queue.release(message?.ReceiptHandle ?? '', 0);
  }
  expect(await queue.receive(10)).toEqual([]);
  const deadLetters = await client.send(
    new ReceiveMessageCommand({ QueueUrl: QueueUrl.replace(definition.name, definition.deadLetterName) }),
  );
  expect(deadLetters.Messages?.[0]?.Body).toBe('poison');
});

it('keeps messages over a restart and makes in-flight messages visible again', async () => {
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'waiting' }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'delayed', DelaySeconds: 600 }));
  const queue = createQueueClient(queues, parts.accessControl, 'poller', definition.name);
  expect(await queue.receive(1)).toHaveLength(1);
  await queues.close();
  queues = await open();
  expect(await receiveBodies()).toEqual(['waiting']);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessagesDelayed: '1', VisibilityTimeout: '60' });
});

it('does not hide a message in a long poll whose caller disconnected', async () => {
  const abort = new AbortController();
  const poll = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
    abortSignal: abort.signal,
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  abort.abort();
  await expect(poll).rejects.toMatchObject({ name: 'AbortError' });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'not lost' }));
  const found = await eventually(async () => {
    const bodies = await receiveBodies();
    return bodies.length > 0 ? bodies : undefined;
  });
  expect(found).toEqual(['not lost']);
});

it('enforces the permissions of principals', async () => {
  const poller = new SQSClient(parts.clientFor('poller'));
  await expect(poller.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({
    message: expect.stringContaining('not authorized to perform: sqs:SendMessage'),
  });
  await poller.send(new ReceiveMessageCommand({ QueueUrl }));
});

it('a delayed message counts as visible once its delay is over', async () => {
  const hasMessage = () => queues.hasVisibleMessage(definition.name);
  expect(hasMessage()).toBe(false);
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'delayed', DelaySeconds: 1 }));
  expect(hasMessage()).toBe(false);
  await eventually(() => hasMessage() || undefined);
  expect(await receiveBodies()).toEqual(['delayed']);
  expect(hasMessage()).toBe(false);
});
