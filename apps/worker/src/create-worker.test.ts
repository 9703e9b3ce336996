import { once } from 'node:events';
import { createLogger, type Ledger } from '@fyrestream/cloud';
import {
  admitJob,
  advanceJob,
  FyrestreamError,
  type JobRecord,
  type JobStep,
  type TaskRequest,
  workerExitCode,
} from '@fyrestream/events';
import { fargatePrices } from '@fyrestream/media';
import { expect, it } from 'vitest';
import type { ActiveClaim } from './claim-heartbeat.ts';
import { CostLimitError } from './cost-limit-error.ts';
import { createWorker } from './create-worker.ts';
import { systemTimers } from './timers.ts';
import type { WorkerDependencies } from './worker-dependencies.ts';

const at = '2026-01-01T00:00:00.000Z';
const never = new AbortController().signal;
const passing = { code: 'some-reason', message: 'It may pass.', retryable: true };

/** One job: the state machine without a database. */
function createJob() {
  let job: JobRecord = admitJob({
    jobId: 'a'.repeat(26),
    upload: {
      ...{ bucket: 'source', key: 'videos/a.mov', versionId: '1', etag: 'e', sizeBytes: 1 },
      ...{ sequencer: '1', uploadedAt: at },
    },
    size: { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 },
    ...{ capacity: 'spot', costEstimateUsd: null, refusal: null, at },
  });
  const advance = (step: JobStep) => {
    const advanced = advanceJob(job, step, at);
    if (advanced.outcome === 'moved') job = advanced.job;
    return { ...advanced, job };
  };
  const launch = (attempt: number) =>
    advance({
      kind: 'launch-planned',
      launch: { attempt, taskArn: null, plannedAt: at, request: {} as TaskRequest },
    });
  return { advance, launch, read: () => job };
}

function createTestWorker(
  job: ReturnType<typeof createJob>,
  onPublish: () => void,
  failure: Error | ((signal: AbortSignal) => Promise<Error>) = new FyrestreamError(passing),
  attemptHours = 1,
) {
  const ledger = {
    advance: async (_jobId: string, step: JobStep) => job.advance(step),
    readJob: async () => job.read(),
    listUnits: async () => [],
    claimUnit: async (claim: object) => ({ ...claim, token: 1 }),
    renewClaim: async () => true,
    releaseClaim: async () => true,
  } as unknown as Ledger;
  return createWorker({
    ledger,
    store: { requestCounts: () => ({ writes: 0, reads: 0 }) },
    events: { publish: async () => onPublish() },
    stages: {
      makePlan: async (_work: object, { signal }: ActiveClaim) => {
        throw failure instanceof Error ? failure : await failure(signal);
      },
    },
    openScratch: async () => ({ path: async () => '/nowhere', remove: async () => {} }),
    clock: () => at,
    timers: systemTimers,
    log: createLogger('worker', 'silent'),
    instanceId: 'this',
    settings: {
      outputBucket: 'output',
      profiles: new Map(),
      scratchDirectory: '/nowhere',
      attemptHours,
      unitSeconds: 48,
      costLimitUsd: 1,
      prices: fargatePrices({ region: 'us-east-1', architecture: 'x86_64' }),
    },
  } as unknown as WorkerDependencies);
}

const request = { schemaVersion: 1, jobId: 'a'.repeat(26), attempt: 1, slot: 0 } as const;

it('ends its own attempt when it fails', async () => {
  const job = createJob();
  job.launch(1);
  expect(await createTestWorker(job, () => {})(request, never)).toBe(workerExitCode.failed);
  expect(job.read()).toMatchObject({ status: 'queued', failureCount: 1, reason: passing });
});

it.each([
  ['a skewed clock', 'RequestTimeTooSkewed', 'clock-skewed'],
  ['an expired token', 'ExpiredToken', 'credentials-rejected'],
  ['rotated credentials', 'InvalidAccessKeyId', 'credentials-rejected'],
  ['a throttled key', 'KMS.ThrottlingException', 'service-throttled'],
  ['a key that cannot be reached', 'KMS.DisabledException', 'encryption-key-unavailable'],
  ['a full disk of the local cloud', 'ServiceUnavailable', 'service-unavailable'],
])('an attempt that meets %s is repeated and counts as no failure of the job', async (_fault, name, code) => {
  const job = createJob();
  job.launch(1);
  await createTestWorker(job, () => {}, Object.assign(new Error('No.'), { name }))(request, never);
  expect(job.read()).toMatchObject({
    ...{ status: 'queued', failureCount: 0, interruptionCount: 1, launch: null },
    reason: { code, retryable: true },
  });
});

it('a download that the deadline interrupts ends the job as deadline-exceeded, not as a fault of the service', async () => {
  const job = createJob();
  job.launch(1);
  const interrupted = async (signal: AbortSignal) => {
    await once(signal, 'abort');
    return Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  };
  await createTestWorker(job, () => {}, interrupted, 1e-6)(request, never);
  expect(job.read()).toMatchObject({ status: 'failed', reason: { code: 'deadline-exceeded' } });
});

it('an upload that a bucket policy denies is tried again, and fails the job only after three attempts', async () => {
  const job = createJob();
  const denied = new FyrestreamError({ code: 'object-access-denied', message: 'No.', retryable: true });
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    expect(job.read().status).toBe('queued');
    job.launch(attempt);
    await createTestWorker(job, () => {}, denied)({ ...request, attempt }, never);
  }
  expect(job.read()).toMatchObject({ status: 'failed', reason: { code: 'object-access-denied' } });
});

it('F27 a worker whose attempt was ended does not count a failure of the next attempt', async () => {
  const job = createJob();
  job.launch(1);
  // While it publishes its start event, its attempt is ended as lost and another one is launched.
  const replaced = () => {
    if (job.read().attempt > 1) return;
    job.advance({ kind: 'attempt-ended', attempt: 1, end: 'failed', reason: passing, largerSize: null });
    job.launch(2);
  };
  await createTestWorker(job, replaced)(request, never);
  expect(job.read()).toMatchObject({ status: 'queued', attempt: 2, failureCount: 1 });
  expect(job.read().launch?.attempt).toBe(2);
});

it('holds a job whose plan shows that it costs more than the limit, and does not count a failure', async () => {
  const job = createJob();
  job.launch(1);
  const tooExpensive = new CostLimitError(99, 1, 'it plays a day.');
  expect(await createTestWorker(job, () => {}, tooExpensive)(request, never)).toBe(workerExitCode.done);
  expect(job.read()).toMatchObject({
    ...{ status: 'held', failureCount: 0, launch: null, costEstimateUsd: 99 },
    reason: { code: 'cost-limit' },
  });
});
