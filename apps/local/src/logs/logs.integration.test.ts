import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { createPollerLogReader } from '@fyrestream/cloud';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServiceGateway, type TestServiceGateway } from '../../test/test-service-gateway.ts';
import { principalNames } from '../iam/principals.ts';
import { createLogsService } from './create-logs-service.ts';
import { functionStreams, taskStreams } from './log-groups.ts';

const logGroupName = '/aws/lambda/poller';
const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();
const failure = (messageId: string, second: number, message: string) =>
  JSON.stringify({
    level: 'error',
    time: at(second),
    messageId,
    reason: { code: 'invoker-failed', message, retryable: true },
    msg: 'message-failed',
  });
const lines = [
  failure('a', 1, 'first – the invoker’s own words'),
  JSON.stringify({ level: 'info', time: at(2), messageId: 'b', msg: 'message-handled' }),
  failure('c', 3, 'only'),
  'TypeError: x is not a function',
  '    at handle (main.mjs:1:1)',
  failure('a', 5, 'last'),
];

let parts: TestServiceGateway;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  parts = await startTestServiceGateway();
  const file = join(parts.layout.logs, 'poller.log');
  appendFileSync(file, `${lines.join('\n')}\n{"time":"${at(6)}","msg":"message-fai`);
  const missing = join(parts.layout.logs, 'never-called.log');
  parts.controlPlane.add(
    createLogsService(
      new Map([
        [logGroupName, functionStreams(file)],
        ['/aws/lambda/never-called', functionStreams(missing)],
        ['/ecs/worker', taskStreams(parts.layout.logs, 'fyrestream-worker')],
      ]),
    ),
  );
  client = new CloudWatchLogsClient(parts.clientFor('operator'));
});
afterAll(() => parts.close());

const filter = (input: Partial<FilterLogEventsCommandInput>) =>
  client.send(new FilterLogEventsCommand({ logGroupName, ...input }));
const messagesOf = ({ events = [] }: { events?: FilteredLogEvent[] | undefined }) =>
  events.map(({ message }) => message);
const pick = (...indexes: number[]) => indexes.map((index) => lines[index]);

it('returns all complete lines, each with its time or that of the previous line', async () => {
  const answer = await filter({});
  expect(messagesOf(answer)).toEqual(lines);
  expect(answer.nextToken).toBeUndefined();
  const times = [1, 2, 3, 3, 3, 5].map((second) => Date.parse(at(second)));
  expect(answer.events?.map(({ timestamp }) => timestamp)).toEqual(times);
  expect(new Set(answer.events?.map(({ eventId }) => eventId)).size).toBe(lines.length);
});

it.each([
  ['from a start time', { startTime: Date.parse(at(3)) }, [2, 3, 4, 5]],
  ['up to an end time', { endTime: Date.parse(at(2)) }, [0, 1]],
  ['with a term', { filterPattern: '"message-failed"' }, [0, 2, 5]],
  ['with all terms', { filterPattern: '"message-failed" "only"' }, [2]],
  ['with all parameters', { startTime: Date.parse(at(2)), filterPattern: '"message-"', limit: 2 }, [1, 2]],
])('filters events %s', async (_, input, indexes) => {
  expect(messagesOf(await filter(input))).toEqual(pick(...indexes));
});

it('returns the same events page by page', async () => {
  const pages: unknown[] = [];
  const query = { logGroupName, limit: 1, startTime: Date.parse(at(3)) };
  for await (const page of paginateFilterLogEvents({ client }, query)) pages.push(messagesOf(page));
  expect(pages).toEqual([...pick(2, 3, 4, 5).map((line) => [line]), []]);
});

it('the log group of tasks has a stream for each, which pages go through', async () => {
  const line = (task: string, second: number) => JSON.stringify({ time: at(second), task, msg: 'unit-done' });
  for (const [task, seconds] of [
    ['b', [1, 2]],
    ['a', [3, 4]],
    ['c', []],
  ] as const) {
    const text = seconds.map((second) => `${line(task, second)}\n`).join('');
    appendFileSync(join(parts.layout.logs, `fyrestream-worker-${task}.log`), text);
  }
  const read = async (input: Partial<FilterLogEventsCommandInput>) => {
    const found: string[] = [];
    const query = { logGroupName: '/ecs/worker', ...input };
    for await (const { events = [] } of paginateFilterLogEvents({ client }, query))
      found.push(...events.map(({ logStreamName, message }) => `${logStreamName} ${message}`));
    return found;
  };
  const all = [
    ...[3, 4].map((second) => `worker/a ${line('a', second)}`),
    ...[1, 2].map((second) => `worker/b ${line('b', second)}`),
  ];
  expect(await read({})).toEqual(all);
  expect(await read({ limit: 1 })).toEqual(all);
  expect(await read({ filterPattern: '"b"', startTime: Date.parse(at(2)) })).toEqual(all.slice(3));
});

it('has the log group from the start, and no other', async () => {
  expect(messagesOf(await filter({ logGroupName: '/aws/lambda/never-called' }))).toEqual([]);
  await expect(filter({ logGroupName: '/aws/lambda/elsewhere' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

it.each([
  ['another kind of pattern', { filterPattern: '{ $.msg = "message-failed" }' }],
  ['streams', { logStreamNames: ['local'] }],
  ['the prefix of streams', { logStreamNamePrefix: 'lo' }],
  ['the identifier of a log group', { logGroupIdentifier: logGroupName, logGroupName: undefined }],
  ['unmasking', { unmask: true }],
  ['a limit of 0', { limit: 0 }],
  ['a limit that is too high', { limit: 10_001 }],
  ['a negative time', { startTime: -1 }],
  ['an invalid token', { nextToken: 'next' }],
])('refuses %s', async (_, input) => {
  await expect(filter(input)).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

it('refuses every other operation', async () => {
  await expect(client.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

it.each(principalNames.filter((name) => name !== 'operator'))('refuses the principal %s', async (name) => {
  const stranger = new CloudWatchLogsClient(parts.clientFor(name));
  await expect(stranger.send(new FilterLogEventsCommand({ logGroupName }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      'logs:FilterLogEvents on resource: arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/poller:log-stream:',
    ),
  });
  const calls = readFileSync(parts.layout.callsFile, 'utf8').trim().split('\n');
  expect(calls.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ principal: name, action: 'logs:FilterLogEvents', allowed: false }),
  );
});

it('gives the operator the last reason of each message, and refuses others', async () => {
  const failureLogOf = (name: (typeof principalNames)[number]) => {
    const { region, credentials, endpoint } = parts.clientFor(name);
    return createPollerLogReader({ region, credentials, endpoints: { logs: endpoint } }, logGroupName);
  };
  const { signal } = new AbortController();
  const reasons = await failureLogOf('operator').readReasons(new Date(at(2)), signal);
  expect([...reasons].map(([messageId, { message }]) => [messageId, message])).toEqual([
    ['c', 'only'],
    ['a', 'last'],
  ]);
  await expect(failureLogOf('worker').readReasons(new Date(at(2)), signal)).rejects.toMatchObject({
    code: 'log-unreadable',
    message: expect.stringContaining('cannot be read (AccessDeniedException)'),
    retryable: false,
  });
});
