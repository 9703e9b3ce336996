import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { parseQueueMessage } from '@fyrestream/events';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  eventually,
  startTestServiceGateway,
  type TestServiceGateway,
  writeBundle,
} from '../../test/test-service-gateway.ts';
import { createEventBus } from '../eventbridge/create-event-bus.ts';
import { eventRules } from '../eventbridge/event-rules.ts';
import { localTopology, type Topology } from '../topology.ts';
import { type LocalEcs, metadataPath, openEcs } from './open-ecs.ts';

// The "worker" does what its environment requests.
const bundle = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const { MODE, CHILD_FILE, ECS_CONTAINER_METADATA_URI_V4 } = process.env;
if (MODE === 'report') {
  const metadata = await (await fetch(ECS_CONTAINER_METADATA_URI_V4 + '/task')).json();
  console.log(JSON.stringify({ cwd: process.cwd(), metadata, given: process.env.GIVEN, home: process.env.HOME }));
}
if (MODE === 'fail') process.exit(3);
if (MODE === 'die') process.kill(process.pid, 'SIGKILL');
if (MODE === 'polite') process.on('SIGTERM', () => process.exit(0));
if (MODE === 'stubborn') {
  process.on('SIGTERM', () => console.log('not now'));
  const child = spawn('sleep', ['600']);
  writeFileSync(CHILD_FILE, String(child.pid));
}
writeFileSync('ready.txt', '');
if (MODE !== 'report') setInterval(() => {}, 1000);
`;

const topology = {
  ...localTopology,
  taskDefinition: { ...localTopology.taskDefinition, stopTimeoutSeconds: 0.3 },
} satisfies Topology;
let parts: TestServiceGateway;
let tasks: LocalEcs;
let client: ECSClient;
let announced: string[] = [];

beforeAll(async () => {
  parts = await startTestServiceGateway(topology);
  const bundlePath = writeBundle(parts.directory, 'worker', bundle);
  tasks = openEcs({
    topology: { ...topology, taskDefinition: { ...topology.taskDefinition, bundlePath } },
    layout: parts.layout,
    controlPlaneUrl: parts.url,
    environmentOf: () => ({ PATH: process.env.PATH ?? '', GIVEN: 'by the task definition' }),
    bus: createEventBus(
      eventRules(
        topology,
        { control: async (body) => void announced.push(body), webhooks: async () => {} },
        join(parts.directory, 'events'),
      ),
    ),
    nowMilliseconds: Date.now,
    log: (line) => console.error(line),
  });
  parts.controlPlane.add(tasks.service);
  parts.controlPlane.addOpenPath(metadataPath, tasks.metadataOf);
  client = new ECSClient(parts.clientFor('operator'));
});
beforeEach(() => {
  announced = [];
});
afterAll(async () => {
  await tasks.runner.stop(0);
  await parts.close();
});

function request(mode: string, changes: Partial<RunTaskCommandInput> = {}): RunTaskCommandInput {
  const environment = [
    { name: 'MODE', value: mode },
    { name: 'CHILD_FILE', value: join(parts.directory, 'child') },
  ];
  return {
    cluster: topology.cluster,
    taskDefinition: topology.taskDefinition.family,
    startedBy: 'job-1',
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    overrides: {
      cpu: '2048',
      memory: '4096',
      ephemeralStorage: { sizeInGiB: 30 },
      containerOverrides: [{ name: 'fyrestream-transcoder', environment }],
    },
    ...changes,
  };
}

async function run(mode: string, changes: Partial<RunTaskCommandInput> = {}): Promise<string> {
  const { tasks: started = [] } = await client.send(new RunTaskCommand(request(mode, changes)));
  return started[0]?.taskArn ?? '';
}

async function describe(taskArn: string) {
  const { tasks: found = [] } = await client.send(
    new DescribeTasksCommand({ cluster: topology.cluster, tasks: [taskArn] }),
  );
  return found[0];
}

async function inStatus(taskArn: string, status: string) {
  return await eventually(async () => {
    const task = await describe(taskArn);
    return task?.lastStatus === status ? task : undefined;
  });
}

const logOf = (taskArn: string) =>
  readFileSync(
    join(parts.layout.logs, `${topology.taskDefinition.family}-${taskArn.split('/').at(-1)}.log`),
    'utf8',
  );

it('runs a task to its end and publishes the events of ECS', async () => {
  const taskArn = await run('report');
  const task = await inStatus(taskArn, 'STOPPED');
  expect(task).toMatchObject({
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    startedBy: 'job-1',
    launchType: 'FARGATE',
    capacityProviderName: 'FARGATE_SPOT',
    cpu: '2048',
    memory: '4096',
    ephemeralStorage: { sizeInGiB: 30 },
    group: `family:${topology.taskDefinition.family}`,
    containers: [{ name: 'fyrestream-transcoder', lastStatus: 'STOPPED', exitCode: 0 }],
  });
  expect(task?.version).toBe(5);
  expect(task?.startedAt?.getTime()).toBeLessThanOrEqual(task?.stoppedAt?.getTime() ?? 0);
  const [body] = await eventually(() => (announced.length > 0 ? announced : undefined));
  expect(JSON.parse(body ?? '')).toMatchObject({
    source: 'aws.ecs',
    'detail-type': 'ECS Task State Change',
    resources: [taskArn],
    detail: { taskArn, lastStatus: 'STOPPED', version: 5, overrides: { cpu: '2048' } },
  });
  expect(parseQueueMessage(body ?? '').requests).toMatchObject([
    { kind: 'task-stopped', task: { taskArn, startedBy: 'job-1', exitCode: 0 } },
  ]);
});

it('gives the container its environment, its metadata, and a directory that is removed with it', async () => {
  const taskArn = await run('report');
  await inStatus(taskArn, 'STOPPED');
  const report = JSON.parse(logOf(taskArn));
  expect(report).toMatchObject({ given: 'by the task definition', metadata: { TaskARN: taskArn } });
  expect(report).not.toHaveProperty('home');
  expect(report.cwd.startsWith(parts.layout.scratch)).toBe(true);
  expect(existsSync(report.cwd)).toBe(false);
});

it('reports failures and kills by exit codes', async () => {
  const [failed, killed] = [await run('fail'), await run('die')];
  expect((await inStatus(failed, 'STOPPED'))?.containers?.[0]?.exitCode).toBe(3);
  expect((await inStatus(killed, 'STOPPED'))?.containers?.[0]?.exitCode).toBe(137);
});

it('finds the same task by its client token, and refuses the token for another request', async () => {
  const clientToken = 'job-1-attempt-1-slot-0-spot';
  const taskArn = await run('report', { clientToken });
  expect(await run('report', { clientToken })).toBe(taskArn);
  await expect(run('fail', { clientToken })).rejects.toMatchObject({
    name: 'ConflictException',
    resourceIds: [taskArn],
  });
  await inStatus(taskArn, 'STOPPED');
  expect(await run('report', { clientToken })).toBe(taskArn);
});

it('stops a task', async () => {
  const taskArn = await run('polite');
  await inStatus(taskArn, 'RUNNING');
  await eventually(() => (existsSync(readyFile(taskArn)) ? true : undefined));
  const { task } = await client.send(
    new StopTaskCommand({ cluster: topology.cluster, task: taskArn, reason: 'Job cancelled' }),
  );
  expect(task).toMatchObject({ lastStatus: 'STOPPING', desiredStatus: 'STOPPED' });
  expect(await inStatus(taskArn, 'STOPPED')).toMatchObject({
    stopCode: 'UserInitiated',
    stoppedReason: 'Job cancelled',
    containers: [{ exitCode: 0 }],
  });
});

it('kills a task that does not stop, and its children', async () => {
  const taskArn = await run('stubborn');
  const childFile = join(parts.directory, 'child');
  // The file exists for a moment before it has its content.
  const child = await eventually(() =>
    existsSync(childFile) ? readFileSync(childFile, 'utf8') || undefined : undefined,
  );
  await client.send(new StopTaskCommand({ cluster: topology.cluster, task: taskArn }));
  expect((await inStatus(taskArn, 'STOPPED'))?.containers?.[0]?.exitCode).toBe(137);
  expect(logOf(taskArn)).toContain('not now');
  await eventually(() => (existsSync(`/proc/${child}`) && !isZombie(child) ? undefined : true));
});

it('responds without a task when there is no capacity', async () => {
  const running = [await run('polite'), await run('polite')];
  const answer = await client.send(new RunTaskCommand(request('report')));
  expect(answer.tasks).toEqual([]);
  expect(answer.failures?.[0]?.reason).toMatch(/^Capacity is unavailable at this time/);
  const list = await client.send(new ListTasksCommand({ cluster: topology.cluster, startedBy: 'job-1' }));
  expect(list.taskArns?.toSorted()).toEqual(running.toSorted());
  for (const task of running) {
    await client.send(new StopTaskCommand({ cluster: topology.cluster, task }));
    await inStatus(task, 'STOPPED');
  }
});

it.each([
  ['an unknown cluster', { cluster: 'other' }, 'ClusterNotFoundException'],
  ['an unknown task definition', { taskDefinition: 'other' }, 'ClientException'],
  ['a size that Fargate does not have', { overrides: { cpu: '1024', memory: '512' } }, 'ClientException'],
  ['too much storage', { overrides: { ephemeralStorage: { sizeInGiB: 500 } } }, 'InvalidParameterException'],
  [
    'an unknown container',
    { overrides: { containerOverrides: [{ name: 'x' }] } },
    'InvalidParameterException',
  ],
  [
    'overrides that are too long',
    { overrides: { containerOverrides: [{ name: 'fyrestream-transcoder', command: ['x'.repeat(9000)] }] } },
    'InvalidParameterException',
  ],
  ['several tasks at once', { count: 2 }, 'InvalidParameterException'],
])('refuses %s', async (_name, changes, error) => {
  await expect(client.send(new RunTaskCommand(request('report', changes)))).rejects.toMatchObject({
    name: error,
  });
});

it('reports unknown tasks as MISSING, and refuses unsupported parameters', async () => {
  const answer = await client.send(
    new DescribeTasksCommand({ cluster: topology.cluster, tasks: ['0123456789abcdef'] }),
  );
  expect(answer.failures).toMatchObject([{ reason: 'MISSING' }]);
  await expect(client.send(new ListClustersCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
  const worker = new ECSClient(parts.clientFor('worker'));
  await expect(worker.send(new RunTaskCommand(request('report')))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

function readyFile(taskArn: string): string {
  return join(parts.layout.scratch, taskArn.split('/').at(-1) ?? '', 'ready.txt');
}

function isZombie(pid: string): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}
