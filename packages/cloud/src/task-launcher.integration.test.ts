import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { testLaunch } from '../test/test-jobs.ts';
import { createTaskLauncher, type TaskLauncher } from './task-launcher.ts';

/** A server with the protocol of ECS, with fixed answers; it records the requests. Only so there is no capacity. */
let answer: { status: number; body: object };
let calls: { operation: string; input: Record<string, unknown> }[];
let server: Server;
let launcher: TaskLauncher;

const taskArn = 'arn:aws:ecs:eu-central-1:123456789012:task/fyrestream/0123456789abcdef';
const { request } = testLaunch('job');

beforeAll(async () => {
  server = createServer(async (incoming, response) => {
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    calls.push({ operation, input: JSON.parse(await text(incoming)) });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  launcher = createTaskLauncher({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    endpoints: { ecs: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  });
});
beforeEach(() => {
  calls = [];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const refusal = (type: string, message: string, more: object = {}) => ({
  status: 400,
  body: { __type: type, message, ...more },
});

it('sends the recorded request and nothing else', async () => {
  answer = { status: 200, body: { tasks: [{ taskArn }], failures: [] } };
  expect(await launcher.launch(request)).toEqual({ outcome: 'started', taskArn });
  expect(calls).toEqual([
    {
      operation: 'RunTask',
      input: {
        clientToken: 'token-1',
        cluster: 'cluster',
        taskDefinition: 'transcoder:1',
        startedBy: 'job',
        count: 1,
        propagateTags: 'TASK_DEFINITION',
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-1'],
            securityGroups: ['sg-1'],
            assignPublicIp: 'DISABLED',
          },
        },
        overrides: {
          cpu: '1024',
          memory: '2048',
          ephemeralStorage: { sizeInGiB: 21 },
          containerOverrides: [
            { name: 'transcoder', environment: [{ name: 'FYRESTREAM_REQUEST', value: '{}' }] },
          ],
        },
      },
    },
  ]);
});

it('tags a task as its task definition is tagged: without tags the budget of the stack does not count Fargate', async () => {
  answer = { status: 200, body: { tasks: [{ taskArn }] } };
  await launcher.launch(request);
  expect(calls[0]?.input).toMatchObject({ propagateTags: 'TASK_DEFINITION' });
});

it('gives a task in a public subnet an address, without which it reaches nothing', async () => {
  answer = { status: 200, body: { tasks: [{ taskArn }] } };
  await launcher.launch({ ...request, assignPublicIp: true });
  expect(calls[0]?.input).toMatchObject({
    networkConfiguration: { awsvpcConfiguration: { assignPublicIp: 'ENABLED' } },
  });
});

it('uses the capacity provider FARGATE on demand', async () => {
  answer = { status: 200, body: { tasks: [{ taskArn }] } };
  await launcher.launch({ ...request, capacity: 'on-demand' });
  expect(calls[0]?.input.capacityProviderStrategy).toEqual([{ capacityProvider: 'FARGATE', weight: 1 }]);
});

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
it.each([
  [
    'F13',
    'Capacity is unavailable at this time. Please try again later or in a different availability zone',
    'no-capacity',
  ],
  ['F15', "You've reached the limit on the number of vCPUs you can run concurrently", 'quota-reached'],
  ['F14', 'Rate exceeded', 'throttled'],
  ['F16', 'RESOURCE:ENI', 'no-network-interface'],
  ['F16', 'Timeout waiting for network interface provisioning to complete.', 'no-network-interface'],
  ['F12', 'The request was denied for a reason of its own', 'no-capacity'],
])('%s has no place where RunTask answers 200 and "%s"', async (_mode, reason, code) => {
  answer = { status: 200, body: { tasks: [], failures: [{ reason }] } };
  const outcome = await launcher.launch(request);
  expect(outcome).toMatchObject({ outcome: 'no-capacity', reason: { code, retryable: true } });
  expect(outcome).toMatchObject({ reason: { message: expect.stringContaining(reason) } });
});

it('F15 says how many vCPUs a task needs that a quota does not allow', async () => {
  const reason = "You've reached the limit on the number of vCPUs you can run concurrently";
  answer = { status: 200, body: { tasks: [], failures: [{ reason }] } };
  const size = { cpuUnits: 8192, memoryMiB: 16_384, ephemeralStorageGiB: 21 };
  expect(await launcher.launch({ ...request, size })).toMatchObject({
    reason: { code: 'quota-reached', message: expect.stringContaining('(the task needs 8 vCPUs)') },
  });
});

it('F12 reports no capacity if RunTask answers 200 with neither tasks nor failures', async () => {
  answer = { status: 200, body: { tasks: [], failures: [] } };
  expect(await launcher.launch(request)).toMatchObject({
    outcome: 'no-capacity',
    reason: { code: 'no-capacity' },
  });
});

it('F17 uses the task that the same client token has started', async () => {
  answer = refusal('ConflictException', 'The clientToken was used before.', { resourceIds: [taskArn] });
  expect(await launcher.launch(request)).toEqual({ outcome: 'started', taskArn });
});

it('reports no capacity if an account limit is reached', async () => {
  answer = refusal('LimitExceededException', "You've reached the limit on the number of tasks");
  expect(await launcher.launch(request)).toMatchObject({
    outcome: 'no-capacity',
    reason: { code: 'quota-reached' },
  });
});

// https://github.com/dagster-io/dagster/issues/33439, https://github.com/dask/dask-cloudprovider/issues/56
it.each([
  [
    'InvalidParameterException',
    'Error retrieving subnet information for [subnet-1]: Rate exceeded (ErrorCode: Throttling)',
  ],
  [
    'InvalidParameterException',
    'Error retrieving security group information for [sg-1]: Request limit exceeded. (ErrorCode: RequestLimitExceeded)',
  ],
  ['ClientException', 'Rate exceeded'],
  ['ThrottlingException', 'Rate exceeded'],
  ['RequestLimitExceeded', 'Request limit exceeded.'],
])('F14 waits where ECS passes on as %s that it was throttled: %s', async (type, message) => {
  answer = refusal(type, message);
  expect(await launcher.launch(request)).toMatchObject({
    outcome: 'no-capacity',
    reason: { code: 'throttled', message: expect.stringContaining(message) },
  });
});

it('refuses a subnet that does not exist, which ECS reports in the words of a throttled call', async () => {
  const message =
    "Error retrieving subnet information for [subnet-1]: The subnet ID 'subnet-1' does not exist (ErrorCode: InvalidSubnetID.NotFound)";
  answer = refusal('InvalidParameterException', message);
  expect(await launcher.launch(request)).toMatchObject({ outcome: 'refused' });
});

it.each([
  'InvalidParameterException',
  'ClientException',
  'ClusterNotFoundException',
  'AccessDeniedException',
  'PlatformUnknownException',
  'PlatformTaskDefinitionIncompatibilityException',
])('is refused where ECS answers %s, and says why', async (type) => {
  answer = refusal(type, 'No such thing.');
  expect(await launcher.launch(request)).toEqual({
    outcome: 'refused',
    reason: {
      code: 'launch-refused',
      message: `ECS refused to start the task (${type}): No such thing.`,
      retryable: true,
    },
  });
});

it('throws unknown errors, so that the message returns to its queue', async () => {
  answer = refusal('SomethingNewException', 'Surprise.');
  await expect(launcher.launch(request)).rejects.toMatchObject({ name: 'SomethingNewException' });
});

it('finds stopped tasks, and tasks that ECS no longer knows', async () => {
  const stopped = {
    taskArn,
    lastStatus: 'STOPPED',
    startedBy: 'job',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    containers: [{ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }],
  };
  const running = { taskArn: `${taskArn}1`, lastStatus: 'RUNNING' };
  const failures = [{ arn: `${taskArn}2`, reason: 'MISSING' }];
  answer = { status: 200, body: { tasks: [stopped, running], failures } };
  expect(await launcher.findStopped('cluster', [taskArn, `${taskArn}1`, `${taskArn}2`])).toEqual([
    {
      taskArn,
      startedBy: 'job',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      exitCode: 137,
      containerReason: 'OutOfMemoryError: Container killed due to memory usage',
    },
    {
      taskArn: `${taskArn}2`,
      startedBy: null,
      stopCode: null,
      stoppedReason: 'ECS no longer knows the task.',
      exitCode: null,
      containerReason: null,
    },
  ]);
});

it('lists the tasks that run', async () => {
  const createdAt = 1_767_225_600;
  const task = { taskArn, startedBy: 'job', lastStatus: 'PENDING', createdAt };
  const stopped = { taskArn: `${taskArn}1`, lastStatus: 'STOPPED', createdAt };
  answer = { status: 200, body: { taskArns: [taskArn, `${taskArn}1`], tasks: [task, stopped] } };
  expect(await launcher.listRunning('cluster')).toEqual([
    { taskArn, startedBy: 'job', createdAt: '2026-01-01T00:00:00.000Z' },
  ]);
  expect(calls).toMatchObject([
    { operation: 'ListTasks', input: { cluster: 'cluster' } },
    { operation: 'DescribeTasks', input: { cluster: 'cluster', tasks: [taskArn, `${taskArn}1`] } },
  ]);
});

it('does not call ECS without tasks', async () => {
  expect(await launcher.findStopped('cluster', [])).toEqual([]);
  expect(calls).toEqual([]);
});
