import {
  invokerEnvironmentSchema,
  notifierEnvironmentSchema,
  pollerEnvironmentSchema,
  readEnvironment,
  workerEnvironmentSchema,
} from '@fyrestream/cloud';
import { expect, it } from 'vitest';
import { readRecordedStack } from '../../test/upgrade/recorded-stack.ts';
import { localTopology } from '../topology.ts';
import {
  invokerEnvironment,
  notifierEnvironment,
  pollerEnvironment,
  workerEnvironment,
} from './fyrestream-environment.ts';

it('sets the variables that the handlers and the worker parse', () => {
  const queueUrl = 'http://127.0.0.1:4566/000000000000/fyrestream-control-local';
  readEnvironment(pollerEnvironmentSchema, pollerEnvironment(localTopology));
  const invoker = readEnvironment(invokerEnvironmentSchema, invokerEnvironment(localTopology, queueUrl));
  expect(invoker).toMatchObject({ FYRESTREAM_SUBNETS: [], FYRESTREAM_MAX_CONCURRENT_TASKS: 2 });
  const notifier = readEnvironment(
    notifierEnvironmentSchema,
    notifierEnvironment(localTopology, 'http://127.0.0.1:4566'),
  );
  expect(notifier).toMatchObject({
    FYRESTREAM_WEBHOOKS: {},
    FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL:
      'http://127.0.0.1:4566/000000000000/fyrestream-webhooks-dead-letters-local',
  });
  const launched = workerEnvironmentSchema.omit({ FYRESTREAM_REQUEST: true });
  const worker = readEnvironment(
    launched,
    workerEnvironment(localTopology, { scratchDirectory: '/scratch', controlQueueUrl: queueUrl }),
  );
  expect(worker.FYRESTREAM_PROFILES.ladder.ladders[0]?.codec).toBe('h264');
  expect(worker).toMatchObject({ FYRESTREAM_MAX_WORKERS_PER_JOB: 1, FYRESTREAM_TARGET_MINUTES: 10 });
});

it('keeps every variable of release 0.1.0: an update of a function sets them before it replaces the code', () => {
  const before = Object.keys(readRecordedStack().invokerEnvironment);
  const now = Object.keys(invokerEnvironment(localTopology, 'http://127.0.0.1/control'));
  expect(now).toEqual(expect.arrayContaining(before));
});
