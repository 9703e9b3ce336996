import { createLedger, type Ledger } from '@fyrestream/cloud';
import { addSeconds, admitJob, type JobRecord, jobIdOf, type TaskRequest } from '@fyrestream/events';
import { createInvoker, type InvokerDependencies } from '@fyrestream/invoker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDynamodbService } from '../src/dynamodb/create-dynamodb-service.ts';
import { jobsTable } from '../src/dynamodb/jobs-table.ts';
import { openTables, type Tables } from '../src/dynamodb/open-tables.ts';
import { startTestParts, type TestParts } from './test-parts.ts';

/** Which job gets the capacity that a stopped task frees. The responses of ECS to the launches are given. */
const size = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
const start = '2026-11-20T10:00:00.000Z';
const taskArn = 'arn:aws:ecs:us-east-1:000000000000:task/fyrestream-local/one';
const launchTarget = {
  ...{ cluster: 'c', taskDefinition: 'd:1', containerName: 'n', subnets: [], securityGroups: [] },
};
const settings = {
  ...{ sourceBucket: 'source', outputBucket: 'output', oldVersionRetentionDays: 7, maxConcurrentTasks: 1 },
  ...{ costLimitUsd: 1, launchTarget, spotFirst: true },
};
const reason = { code: 'some-reason', message: 'Some reason.', retryable: true };

let parts: TestParts;
let tables: Tables;
let ledger: Ledger;
let now = start;
const launched: string[] = [];

beforeAll(async () => {
  parts = await startTestParts();
  tables = await openTables(parts.layout.tables);
  const tableName = 'fyrestream-jobs-local';
  await tables.ensureTable(jobsTable(tableName));
  parts.controlPlane.add(createDynamodbService(tables));
  const { region, credentials, endpoint } = parts.clientFor('operator');
  ledger = createLedger(
    { region, credentials, endpoints: { dynamodb: endpoint } },
    { tableName, recordRetentionDays: 1, clock: () => now },
  );
});
afterAll(async () => {
  await tables.close();
  await parts.close();
});

/** Each job is one second newer than the previous one. */
async function admit(name: string): Promise<JobRecord> {
  now = addSeconds(now, 1);
  const address = { bucket: 'source', key: `videos/${name}`, versionId: '1', etag: '' };
  const jobId = jobIdOf(address);
  const upload = { ...address, sizeBytes: 1, sequencer: null, uploadedAt: now };
  const job = {
    jobId,
    upload,
    size,
    capacity: 'spot' as const,
    costEstimateUsd: null,
    refusal: null,
    at: now,
  };
  return (await ledger.createJob(admitJob(job))).job;
}

async function launch(jobId: string): Promise<void> {
  const request: TaskRequest = {
    ...{ ...launchTarget, clientToken: jobId, capacity: 'spot', size, startedBy: jobId, environment: {} },
  };
  await ledger.advance(jobId, {
    kind: 'launch-planned',
    launch: { attempt: 1, taskArn: null, plannedAt: now, request },
  });
  await ledger.advance(jobId, { kind: 'task-started', attempt: 1, taskArn });
}

function invoker() {
  const silent = () => {};
  const dependencies: Partial<InvokerDependencies> = {
    ...{ ledger, settings, clock: () => now, log: { info: silent, warn: silent } as never },
    sender: { send: async () => {} },
    events: { publish: async () => {} },
    launcher: {
      launch: async ({ startedBy }: TaskRequest) => {
        launched.push(startedBy);
        return { outcome: 'started', taskArn: `${taskArn}-${launched.length}` };
      },
    } as never,
  };
  return createInvoker(dependencies as InvokerDependencies);
}

it('gives freed capacity to the job that has waited longest for it, before jobs that wait for their next attempt', async () => {
  for (const name of ['failed 1', 'failed 2', 'failed 3', 'failed 4']) {
    const { jobId } = await admit(name);
    await launch(jobId);
    await ledger.advance(jobId, {
      ...{ kind: 'attempt-ended', attempt: 1, end: 'failed', reason, largerSize: null },
    });
  }
  const waiting = [];
  for (const name of ['waits longest', 'waits longer', 'waits']) {
    const { jobId } = await admit(name);
    const until = addSeconds(now, 900);
    await ledger.advance(jobId, { kind: 'launch-deferred', attempt: 0, reason, until, capacity: 'spot' });
    waiting.push(jobId);
  }
  const { jobId } = await admit('at work');
  await launch(jobId);
  const task = { taskArn, startedBy: jobId, stopCode: 'EssentialContainerExited', stoppedReason: null };
  await ledger.advance(jobId, { kind: 'failed', attempt: 1, reason });

  await invoker()({ kind: 'task-stopped', task: { ...task, exitCode: 0, containerReason: null } });

  expect(launched).toEqual([waiting[0]]);
  // A job whose launch failed keeps its position.
  for (const jobId of waiting.slice(1)) {
    expect(await ledger.readJob(jobId)).toMatchObject({ launch: null, waitCount: 1 });
  }
});
