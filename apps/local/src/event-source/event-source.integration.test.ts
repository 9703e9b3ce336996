import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  eventually,
  startTestServiceGateway,
  type TestServiceGateway,
} from '../../test/test-service-gateway.ts';
import type { InvocationOutcome } from '../lambda/invocation.ts';
import { openQueues, type Queues } from '../sqs/open-queues.ts';
import { createQueueClient, type QueueClient } from '../sqs/queue-client.ts';
import { type EventSource, startEventSource } from './start-event-source.ts';

// The function is a closure here; running one in a process is tested with Lambda.
const names = { name: 'fyrestream-sqs-local', deadLetterName: 'fyrestream-sqs-dead-letters-local' };
let parts: TestServiceGateway;
let queues: Queues;
let queue: QueueClient;
let deadLetters: QueueClient;
let source: EventSource | undefined;

interface Event {
  readonly Records: readonly {
    messageId: string;
    receiptHandle: string;
    body: string;
    eventSourceARN: string;
    attributes: { ApproximateReceiveCount: string };
  }[];
}

beforeAll(async () => {
  parts = await startTestServiceGateway();
  queues = await openQueues({
    directory: parts.layout.queues,
    baseUrl: parts.url,
    queues: [{ ...names, visibilityTimeoutSeconds: 60, maxReceives: 2 }],
  });
  queue = createQueueClient(queues, parts.accessControl, 'operator', names.name);
  deadLetters = createQueueClient(queues, parts.accessControl, 'operator', names.deadLetterName);
});
afterEach(async () => {
  await source?.stop(0);
});
afterAll(async () => {
  await queues.close();
  await parts.close();
});

function start(
  run: (event: Event) => Promise<object> | object,
  isReady = async () => true,
  retryAfterSeconds: number | null = 0,
): void {
  source = startEventSource({
    definition: { batchSize: 10, maxConcurrency: 2, pollIntervalSeconds: 0.02, retryAfterSeconds },
    queue: createQueueClient(queues, parts.accessControl, 'poller', names.name),
    queueArn: `arn:aws:sqs:us-east-1:000000000000:${names.name}`,
    invoke: async (payload): Promise<InvocationOutcome> => ({
      outcome: 'returned',
      payload: JSON.stringify(await run(JSON.parse(payload))),
    }),
    isReady,
    log: () => {},
  });
}

it('invokes with batches of up to ten, two in parallel, and deletes messages that succeeded', async () => {
  for (let index = 0; index < 35; index += 1) await queue.send(`message ${index}`);
  const sizes: number[] = [];
  const bodies = new Set<string>();
  let running = 0;
  let maxRunning = 0;
  start(async ({ Records }) => {
    running += 1;
    maxRunning = Math.max(maxRunning, running);
    // The first batch waits for a second one, so that two run at once on any machine.
    await eventually(() => (maxRunning > 1 ? true : undefined));
    sizes.push(Records.length);
    for (const { body } of Records) bodies.add(body);
    running -= 1;
    return {};
  });
  await eventually(() => (bodies.size === 35 ? true : undefined));
  expect(Math.max(...sizes)).toBe(10);
  expect(maxRunning).toBe(2);
  await source?.stop(5);
  expect(await queue.receive(10)).toEqual([]);
});

it('retries only the messages that the function reports as failed, until they are dead letters', async () => {
  for (const body of ['good', 'bad', 'fine']) await queue.send(body);
  const seen: string[] = [];
  start(({ Records }) => {
    seen.push(...Records.map(({ body }) => body));
    const bad = Records.filter(({ body }) => body === 'bad');
    return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  });
  const [dead] = await eventually(async () => {
    const received = await deadLetters.receive(10);
    return received.length > 0 ? received : undefined;
  });
  expect(dead?.Body).toBe('bad');
  expect(seen.toSorted()).toEqual(['bad', 'bad', 'fine', 'good']);
});

it('retries the whole batch when the function fails', async () => {
  for (const body of ['one', 'two']) await queue.send(body);
  const seen: string[] = [];
  let failed = false;
  start(({ Records }) => {
    if (!failed && Records.length > 0) {
      failed = true;
      throw new TypeError('the function is down');
    }
    seen.push(...Records.map(({ body }) => body));
    return {};
  });
  await eventually(() => (seen.length === 2 ? true : undefined));
  expect(seen.toSorted()).toEqual(['one', 'two']);
});

it('leaves messages in the queue while their results cannot be stored, so that none becomes a dead letter', async () => {
  await queue.send('patient');
  let asked = 0;
  const seen: string[] = [];
  start(
    ({ Records }) => {
      seen.push(...Records.map(({ body }) => body));
      return {};
    },
    async () => {
      asked += 1;
      return asked > 5;
    },
  );
  await eventually(() => (seen.length > 0 ? true : undefined));
  expect(asked).toBeGreaterThan(5);
  await source?.stop(5);
  expect([await queue.receive(10), await deadLetters.receive(10)]).toEqual([[], []]);
});

it('makes messages visible again when it stops during a batch', async () => {
  await queue.send('in hand');
  let started = false;
  start(() => {
    started = true;
    return new Promise(() => {});
  });
  await eventually(() => started || undefined);
  await source?.stop(0.05);
  expect((await queue.receive(10)).map((message) => message.Body)).toEqual(['in hand']);
});

it('an empty queue is not read', async () => {
  let reads = 0;
  let polls = 0;
  source = startEventSource({
    definition: { batchSize: 10, maxConcurrency: 1, pollIntervalSeconds: 0.001, retryAfterSeconds: 0 },
    queue: {
      ...queue,
      receive: (max) => {
        reads += 1;
        return queue.receive(max);
      },
      hasVisibleMessage: () => {
        polls += 1;
        return queue.hasVisibleMessage();
      },
    },
    queueArn: '',
    invoke: async () => ({ outcome: 'returned', payload: '{}' }),
    isReady: async () => true,
    log: () => {},
  });
  await eventually(() => (polls > 5 ? true : undefined));
  expect(reads).toBe(0);
  await queue.send('later');
  await eventually(() => (reads > 0 ? true : undefined));
});

it('leaves a failed message hidden for as long as the function has said', async () => {
  await queue.send('postponed');
  const receives: string[] = [];
  start(
    async ({ Records }) => {
      for (const { receiptHandle, attributes } of Records) {
        receives.push(attributes.ApproximateReceiveCount);
        // An hour at first, which nothing shortens; then it is received again at once.
        await queue.release(receiptHandle, receives.length === 1 ? 3_600 : 0);
      }
      return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
    async () => true,
    null,
  );
  await eventually(() => receives[0]);
  await queue.send('another');
  // The other one is received twice and becomes a dead letter; the first is still hidden.
  const dead = await eventually(async () => {
    const messages = await deadLetters.receive(10);
    return messages.length > 0 ? messages.map(({ Body }) => Body) : undefined;
  });
  expect(dead).toEqual(['another']);
  expect(receives).toEqual(['1', '1', '2']);
});
