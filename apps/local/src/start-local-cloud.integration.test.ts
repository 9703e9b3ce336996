import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DescribeTasksCommand, ECSClient, ListTasksCommand } from '@aws-sdk/client-ecs';
import { GetBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createTestDirectory,
  eventually,
  removeTestDirectory,
  writeBundle,
} from '../test/test-service-gateway.ts';
import { testTopology } from '../test/test-topology.ts';
import type { LocalConnection } from './local-connection.ts';
import { startLocalCloud } from './start-local-cloud.ts';

// A minimal pipeline; the real handlers have their own tests.
const resolveModule = (name: string) => pathToFileURL(createRequire(import.meta.url).resolve(name)).href;
const poller = `
import { InvokeCommand, LambdaClient } from '${resolveModule('@aws-sdk/client-lambda')}';
const client = new LambdaClient({});
export async function handler({ Records }) {
  for (const { body } of Records) {
    await client.send(new InvokeCommand({ FunctionName: process.env.FYRESTREAM_INVOKER_FUNCTION, Payload: body }));
  }
}`;
const invoker = `
import { ECSClient, RunTaskCommand } from '${resolveModule('@aws-sdk/client-ecs')}';
const client = new ECSClient({});
export async function handler(message) {
  console.log(JSON.stringify(message));
  for (const { s3 } of message.Records ?? []) {
    const environment = [{ name: 'KEY', value: s3.object.key }];
    await client.send(new RunTaskCommand({
      cluster: process.env.FYRESTREAM_CLUSTER,
      taskDefinition: process.env.FYRESTREAM_TASK_DEFINITION,
      startedBy: 'job',
      overrides: { containerOverrides: [{ name: process.env.FYRESTREAM_CONTAINER_NAME, environment }] },
    }));
  }
}`;
const worker = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const child = spawn('sleep', ['600']);
writeFileSync('pids', process.pid + ' ' + child.pid);
console.log(process.env.KEY);
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 1000);
`;

let directory: string;
let dataDirectory: string;
const started: ChildProcess[] = [];

beforeAll(() => {
  directory = createTestDirectory();
  dataDirectory = join(directory, 'data');
  for (const [name, source] of Object.entries({ poller, invoker, worker }))
    writeBundle(directory, name, source);
});
afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
  removeTestDirectory(directory);
});

async function startProcess(): Promise<{ child: ChildProcess; connection: LocalConnection }> {
  const script = fileURLToPath(new URL('../test/run-local-cloud.ts', import.meta.url));
  const child = fork(script, [dataDirectory, directory], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  started.push(child);
  const [connection] = await once(child, 'message');
  return { child, connection };
}

function configurationOf({ url, region, credentials }: LocalConnection) {
  return { endpoint: url, region, credentials };
}

async function upload(connection: LocalConnection, key: string): Promise<void> {
  const s3 = new S3Client({ ...configurationOf(connection), endpoint: connection.s3Url });
  await s3.send(
    new PutObjectCommand({ Bucket: 'fyrestream-videos-local', Key: key, Body: 'moving picture' }),
  );
}

async function taskArns(connection: LocalConnection, desiredStatus: 'RUNNING' | 'STOPPED') {
  const answer = await new ECSClient(configurationOf(connection)).send(
    new ListTasksCommand({ cluster: 'fyrestream-local', desiredStatus }),
  );
  return answer.taskArns ?? [];
}

const invokerLog = () =>
  readFileSync(join(dataDirectory, 'logs', 'fyrestream-transcoder-invoker-local.log'), 'utf8');

async function pidsOfTask(connection: LocalConnection): Promise<number[]> {
  const taskArn = await eventually(async () => (await taskArns(connection, 'RUNNING'))[0]);
  const file = join(dataDirectory, 'ecs', 'scratch', taskArn.split('/').at(-1) ?? '', 'pids');
  const text = await eventually(() => (existsSync(file) && readFileSync(file, 'utf8')) || undefined);
  return text.split(' ').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

it('starts a task for an upload, and after kill -9 ends the orphan and reports it', async () => {
  const first = await startProcess();
  await upload(first.connection, 'videos/día 1+2.mp4');
  const pids = await pidsOfTask(first.connection);
  expect(invokerLog()).toContain('"key":"videos/d%C3%ADa+1%2B2.mp4"');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  expect(pids.map(isAlive)).toEqual([true, true]);

  const second = await startProcess();
  expect(pids.map(isAlive)).toEqual([false, false]);
  const [taskArn = ''] = await taskArns(second.connection, 'STOPPED');
  const { tasks = [] } = await new ECSClient(configurationOf(second.connection)).send(
    new DescribeTasksCommand({ cluster: 'fyrestream-local', tasks: [taskArn] }),
  );
  expect(tasks[0]).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TerminationNotice' });
  await eventually(() => invokerLog().includes('"detail-type":"ECS Task State Change"') || undefined);
  expect(invokerLog()).toContain(taskArn);

  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
});

it('stops all tasks and processes, and the next start has all messages', async () => {
  const first = await startProcess();
  await upload(first.connection, 'videos/next.mp4');
  const pids = await pidsOfTask(first.connection);
  first.child.kill('SIGTERM');
  const [exitCode] = await once(first.child, 'exit');
  expect(exitCode).toBe(0);
  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(existsSync(join(dataDirectory, 'local.json'))).toBe(false);

  const second = await startLocalCloud({
    dataDirectory,
    topology: testTopology((name) => join(directory, `${name}.mjs`)),
  });
  // A message may come twice, and the invoker of this test starts a task each time: at least one for each upload.
  expect((await taskArns(second.connection, 'STOPPED')).length).toBeGreaterThanOrEqual(2);
  const s3 = new S3Client({ ...configurationOf(second.connection), endpoint: second.connection.s3Url });
  const versioning = await s3.send(new GetBucketVersioningCommand({ Bucket: 'fyrestream-videos-local' }));
  expect(versioning.Status).toBe('Enabled');
  await second.stop();
});

it('reports a data directory or port that another process uses, in one sentence', async () => {
  const { child, connection } = await startProcess();
  await expect(startLocalCloud({ dataDirectory })).rejects.toMatchObject({
    code: 'data-directory-in-use',
    message: `Another local cloud is using ${dataDirectory} (process ${child.pid}, ${connection.url}): stop it, or choose another directory.`,
  });
  const port = Number(new URL(connection.url).port);
  // The next start prefers these ports.
  expect(JSON.parse(readFileSync(join(dataDirectory, 'ports.json'), 'utf8'))).toEqual({
    controlPlane: port,
    s3: Number(new URL(connection.s3Url).port),
    api: expect.any(Number),
  });
  await expect(startLocalCloud({ dataDirectory: join(directory, 'other'), port })).rejects.toMatchObject({
    code: 'port-taken',
    message: expect.stringContaining(`Port ${port} is in use`),
  });
  const described = JSON.parse(readFileSync(join(dataDirectory, 'local.json'), 'utf8'));
  expect(described).toMatchObject({ url: connection.url, s3Url: connection.s3Url, pid: child.pid });
  expect(JSON.stringify(described)).not.toContain(connection.credentials.secretAccessKey);
  child.kill('SIGTERM');
  await once(child, 'exit');
});
