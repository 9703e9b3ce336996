import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  eventually,
  startTestServiceGateway,
  type TestServiceGateway,
  writeBundle,
} from '../../test/test-service-gateway.ts';
import type { FunctionDefinition } from '../topology.ts';
import { type Functions, startFunctions } from './start-functions.ts';

// The payload selects what the handler does, so that all tests use one bundle.
const bundle = `
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
console.log('cold start of', process.pid);
export async function handler(event, context) {
  console.log('event', JSON.stringify(event));
  if (event.trace) appendFileSync(event.trace, context.awsRequestId + '\\n');
  if (event.failures && readFileSync(event.trace, 'utf8').trim().split('\\n').length <= event.failures) throw new TypeError('not yet');
  if (event.throw) throw new RangeError(event.throw);
  if (event.exit) process.exit(event.exit);
  if (event.spin) for (;;);
  if (event.sleepMilliseconds) await new Promise((resolve) => setTimeout(resolve, event.sleepMilliseconds));
  while (event.untilExists && !existsSync(event.untilExists)) await new Promise((resolve) => setTimeout(resolve, 20));
  if (event.nothing) return undefined;
  return { pid: process.pid, name: context.functionName, left: context.getRemainingTimeInMillis(), greeting: process.env.GREETING, home: process.env.HOME };
}`;

let parts: TestServiceGateway;
let functions: Functions | undefined;
let client: LambdaClient;

beforeAll(async () => {
  parts = await startTestServiceGateway();
  client = new LambdaClient(parts.clientFor('operator'));
  // Each test starts its own functions behind one service.
  parts.controlPlane.add({
    name: 'lambda',
    operationOf: (request) => functions?.service.operationOf(request) ?? null,
    get operations() {
      return functions?.service.operations ?? new Map();
    },
    errorCodeIn: 'header',
    accessDenied: { code: 'AccessDeniedException', status: 403 },
  });
});
afterEach(async () => {
  await functions?.stop();
});
afterAll(async () => {
  await parts.close();
});

function start(changes: Partial<FunctionDefinition> = {}): void {
  const definition = {
    name: 'echo',
    bundlePath: writeBundle(parts.directory, 'echo', bundle),
    timeoutSeconds: 600,
    memoryMiB: 128,
    reservedConcurrency: 2,
    keepWarmSeconds: 20,
    ...changes,
  };
  functions = startFunctions({
    definitions: [{ definition, environment: { PATH: process.env.PATH ?? '', GREETING: 'hello' } }],
    retryDelaysSeconds: [0.05, 0.05],
    layout: parts.layout,
    log: () => {},
  });
}

async function invoke(payload: object, InvocationType: 'RequestResponse' | 'Event' = 'RequestResponse') {
  const answer = await client.send(
    new InvokeCommand({ FunctionName: 'echo', InvocationType, Payload: JSON.stringify(payload) }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  return {
    status: answer.StatusCode,
    error: answer.FunctionError,
    payload: text === '' ? undefined : JSON.parse(text),
  };
}

it('runs the handler with its environment, and again in the same process', async () => {
  start();
  const first = await invoke({});
  expect(first).toMatchObject({ status: 200, payload: { name: 'echo', greeting: 'hello' } });
  expect(first.payload).not.toHaveProperty('home');
  expect(first.payload.left).toBeGreaterThan(0);
  expect((await invoke({})).payload.pid).toBe(first.payload.pid);
  expect((await invoke({ nothing: true })).payload).toBeNull();
  const log = readFileSync(join(parts.layout.logs, 'echo.log'), 'utf8');
  expect(log.match(/cold start/g)).toHaveLength(1);
});

it('ends a process that is no longer needed', async () => {
  start({ keepWarmSeconds: 0.05 });
  const { payload } = await invoke({});
  await eventually(() => (isAlive(payload.pid) ? undefined : true));
});

it('returns an error of the handler as an unhandled function error', async () => {
  start();
  expect(await invoke({ throw: 'too far' })).toMatchObject({
    status: 200,
    error: 'Unhandled',
    payload: { errorType: 'RangeError', errorMessage: 'too far', trace: expect.any(Array) },
  });
  expect((await invoke({})).error).toBeUndefined();
});

it('kills a function at its timeout, even one that never yields', async () => {
  start({ timeoutSeconds: 0.4 });
  for (const payload of [{ sleepMilliseconds: 60_000 }, { spin: true }]) {
    expect(await invoke(payload)).toMatchObject({
      error: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 0.40'),
      },
    });
  }
});

it('reports a process that exits, and a bundle that cannot be loaded', async () => {
  start();
  expect(await invoke({ exit: 3 })).toMatchObject({
    error: 'Unhandled',
    payload: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 3') },
  });
  await functions?.stop();
  start({ bundlePath: writeBundle(parts.directory, 'broken', 'export const other = 1;') });
  expect((await invoke({})).payload).toMatchObject({ errorType: 'Runtime.HandlerNotFound' });
});

it('refuses more parallel events than its reserved concurrency', async () => {
  start({ reservedConcurrency: 1 });
  const trace = join(parts.directory, 'slow');
  const untilExists = join(parts.directory, 'may-end');
  const slow = invoke({ trace, untilExists });
  await eventually(() => (readLines(trace).length === 1 ? true : undefined));
  await expect(invoke({})).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
  writeFileSync(untilExists, '');
  await slow;
});

it('retries an event twice, then drops it', async () => {
  start();
  const trace = join(parts.directory, 'retried');
  expect(await invoke({ trace, failures: 2 }, 'Event')).toMatchObject({ status: 202 });
  const attempts = () => readLines(trace);
  await eventually(() => (attempts().length === 3 ? true : undefined));
  expect(new Set(attempts()).size).toBe(1);

  const dropped = join(parts.directory, 'dropped');
  await invoke({ trace: dropped, throw: 'always' }, 'Event');
  await eventually(() => (readLines(dropped).length === 3 ? true : undefined));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(readLines(dropped)).toHaveLength(3);
});

it('runs an event that was accepted before a restart', async () => {
  start({ bundlePath: '/nowhere.mjs' });
  const trace = join(parts.directory, 'restarted');
  await invoke({ trace }, 'Event');
  await functions?.stop();
  start();
  await eventually(() => (readLines(trace).length === 1 ? true : undefined));
});

it('refuses unknown functions, other operations and principals without the permission', async () => {
  start();
  await expect(client.send(new InvokeCommand({ FunctionName: 'other' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  const worker = new LambdaClient(parts.clientFor('worker'));
  await expect(worker.send(new InvokeCommand({ FunctionName: 'echo' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}
