import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createPollerLogReader, type PollerLogReader } from './poller-log-reader.ts';

/** A server with the protocol of CloudWatch Logs, with fixed answers; it records the requests. Only so there are empty pages. */
let answers: { status: number; body: object }[];
let calls: { target: unknown; input: Record<string, unknown> }[];
let server: Server;
let failureLog: PollerLogReader;

beforeAll(async () => {
  server = createServer(async (incoming, response) => {
    calls.push({ target: incoming.headers['x-amz-target'], input: JSON.parse(await text(incoming)) });
    const { status, body } = answers.shift() ?? { status: 500, body: {} };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  failureLog = createPollerLogReader(
    {
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      endpoints: { logs: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    },
    '/aws/lambda/poller',
  );
});
beforeEach(() => {
  calls = [];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const since = new Date('2026-11-09T10:00:00.000Z');
const calm = new AbortController().signal;
const reason = (message: string) => ({ code: 'invoker-failed', message, retryable: true });
const page = (messages: string[], nextToken?: string) => ({
  status: 200,
  body: { events: messages.map((message) => ({ message })), nextToken },
});
const failed = (messageId: string, message: string) =>
  JSON.stringify({ level: 'error', messageId, reason: reason(message), msg: 'message-failed' });

it('reads all pages, also after an empty one, and keeps the last reason of each message', async () => {
  answers = [
    page([`${failed('a', 'first')}\n`, failed('b', 'only')], 'one'),
    page([], 'two'),
    page([failed('a', 'last')]),
  ];
  const reasons = await failureLog.readReasons(since, calm);
  expect([...reasons]).toEqual([
    ['a', reason('last')],
    ['b', reason('only')],
  ]);
  const query = {
    logGroupName: '/aws/lambda/poller',
    startTime: since.getTime(),
    filterPattern: '"message-failed"',
  };
  expect(calls).toEqual(
    [query, { ...query, nextToken: 'one' }, { ...query, nextToken: 'two' }].map((input) => ({
      target: 'Logs_20140328.FilterLogEvents',
      input,
    })),
  );
});

it('ignores other lines with the same text, and truncated lines', async () => {
  const handled = JSON.stringify({ messageId: 'c', key: 'message-failed', msg: 'message-handled' });
  answers = [page([handled, failed('d', 'x').slice(0, -20), 'message-failed', failed('e', 'kept')])];
  expect([...(await failureLog.readReasons(since, calm)).keys()]).toEqual(['e']);
});

it.each(['AccessDeniedException', 'ResourceNotFoundException'])('reports %s', async (type) => {
  answers = [{ status: 400, body: { __type: type, message: 'No.' } }];
  await expect(failureLog.readReasons(since, calm)).rejects.toMatchObject({
    code: 'log-unreadable',
    message: `The log group /aws/lambda/poller cannot be read (${type}): No.`,
    retryable: false,
  });
});

it('stops between two pages when its signal is aborted', async () => {
  answers = [page([], 'one'), page([])];
  const stopped = AbortSignal.abort(new RangeError('stopped'));
  await expect(failureLog.readReasons(since, stopped)).rejects.toThrow('stopped');
  expect(calls).toHaveLength(1);
});
