import { withLostAnswers } from '@fyrestream/cloud/test/open-test-ledger';
import {
  addSeconds,
  assemblyUnitId,
  claimOwner,
  type JobRecord,
  launchDelaySeconds,
  type StoppedTask,
  unitPrefix,
  versionPrefix,
} from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../../test/admit-inspected.ts';
import { launchJob, startJob } from '../../test/launched-job.ts';
import {
  openTestInvoker,
  someReason,
  type TestInvoker,
  uploadOf,
  withRace,
} from '../../test/open-test-invoker.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { endLostAttempts } from './end-lost-attempts.ts';
import { handleStoppedTask } from './handle-stopped-task.ts';

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker();
});
afterEach(() => invoker.close());

const read = async ({ jobId }: JobRecord) => (await invoker.ledger.readJob(jobId)) ?? expect.unreachable();

function stopped(jobId: string, taskArn: string, changes: Partial<StoppedTask> = {}): StoppedTask {
  return {
    ...{ taskArn, startedBy: jobId, stopCode: 'EssentialContainerExited', stoppedReason: null },
    ...{ exitCode: 1, containerReason: null },
    ...changes,
  };
}

const usage = {
  ...{ attempt: 1, slot: 0, capacity: 'spot' as const, cpuUnits: 1024, memoryMiB: 2048 },
  ...{ ephemeralStorageGiB: 21, seconds: 90.5 },
};

function notStarted(jobId: string, taskArn: string, used?: StoppedTask['usage']): StoppedTask {
  const stoppedReason = 'Timeout waiting for network interface provisioning to complete.';
  const changes = { stopCode: 'TaskFailedToStart', stoppedReason, exitCode: null };
  return stopped(jobId, taskArn, { ...changes, ...(used && { usage: used }) });
}

describe('a task that stopped', () => {
  it('is on the receipt of its job once, however often ECS reports it', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const unit = await invoker.ledger.claimUnit({ jobId: job.jobId, unitId: 'plan', owner: 'any' });
    await invoker.ledger.finishUnit(unit ?? expect.unreachable(), { requests: { writes: 200, reads: 10 } });
    const task = stopped(job.jobId, taskArn, { usage });
    await handleStoppedTask(invoker.dependencies, task);
    await handleStoppedTask(invoker.dependencies, task);
    const { receipt, owed } = await read(job);
    expect(receipt).toMatchObject({
      tasks: [
        { taskId: taskArn.split('/').at(-1), attempt: 1, slot: 0, capacity: 'spot', billedSeconds: 91 },
      ],
      requests: { writes: 200, reads: 10, costUsd: expect.closeTo(0.001004, 9) },
      storage: null,
    });
    // The job is retried: its bill is not complete.
    expect([...invoker.events, ...owed].map(({ kind }) => kind)).not.toContain('job-billed');
  });

  it('of a finished job completes its bill, which is announced', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    await invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason });
    await handleStoppedTask(invoker.dependencies, stopped(job.jobId, taskArn, { usage }));
    const billed = invoker.events.filter(({ kind }) => kind === 'job-billed');
    expect(billed).toMatchObject([{ status: 'failed', cost: { isFinal: true, tasks: 1, taskSeconds: 91 } }]);
    expect((await read(job)).owed).toEqual([]);
  });

  it('is on the receipt once if its event is redriven after more tasks than the receipt lists', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const first = stopped(job.jobId, taskArn, { usage, stopCode: 'SpotInterruption', exitCode: null });
    await handleStoppedTask(invoker.dependencies, first);
    for (let attempt = 2; attempt <= 30; attempt += 1) {
      const { launch } = await read(job);
      await handleStoppedTask(
        invoker.dependencies,
        notStarted(job.jobId, launch?.taskArn ?? expect.unreachable(), { ...usage, attempt }),
      );
      invoker.table.clock.advance(3_600);
      await reconcileJob(invoker.dependencies, await read(job));
    }
    const { receipt } = await read(job);
    expect(receipt?.earlier.tasks).toBeGreaterThan(1);
    await handleStoppedTask(invoker.dependencies, first);
    expect((await read(job)).receipt).toEqual(receipt);
  });

  it('completes the bill of a job whose later launches started none', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const { jobId } = job;
    invoker.launchAnswers.push({ outcome: 'no-capacity', reason: someReason });
    const interrupted = stopped(jobId, taskArn, { usage, stopCode: 'SpotInterruption', exitCode: null });
    await handleStoppedTask(invoker.dependencies, interrupted);
    const waiting = await read(job);
    expect(waiting).toMatchObject({ attempt: 2, launch: null });
    await invoker.ledger.advance(jobId, { kind: 'cancelled', reason: someReason });
    await reconcileJob(invoker.dependencies, await read(job));
    expect(invoker.events.filter(({ cost }) => cost?.isFinal)).toMatchObject([
      { kind: 'job-cancelled', cost: { tasks: 1, taskSeconds: 91 } },
    ]);
  });

  it('is on the receipt too if the sweep finds it', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    invoker.stoppedTasks.set(taskArn, stopped(job.jobId, taskArn, { usage }));
    await endLostAttempts(invoker.dependencies, [await read(job)], async (_jobId, end) => void (await end()));
    expect(await read(job)).toMatchObject({ status: 'queued', receipt: { tasks: [{ billedSeconds: 91 }] } });
  });

  it('ends the attempt; the job is retried later', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    await handleStoppedTask(invoker.dependencies, stopped(job.jobId, taskArn));
    expect(await read(job)).toMatchObject({
      ...{ status: 'queued', launch: null, failureCount: 1, reason: { code: 'worker-crashed' } },
      nextAttemptAt: addSeconds(invoker.table.clock.now(), 30),
    });
    expect(invoker.messages).toEqual([{ message: { kind: 'job-due', jobId: job.jobId }, delaySeconds: 30 }]);
  });

  it('F22 by a Spot interruption is replaced at once, without a failure', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    await handleStoppedTask(
      invoker.dependencies,
      stopped(job.jobId, taskArn, { stopCode: 'SpotInterruption', exitCode: null }),
    );
    expect(await read(job)).toMatchObject({ attempt: 2, failureCount: 0, interruptionCount: 1 });
    expect(invoker.requests).toHaveLength(2);
  });

  it('F23 because memory ran out is replaced by a larger one', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const outOfMemory = { exitCode: 137, containerReason: 'OutOfMemoryError: Container killed' };
    await handleStoppedTask(invoker.dependencies, stopped(job.jobId, taskArn, outOfMemory));
    expect(await read(job)).toMatchObject({ attempt: 2, enlarged: true });
    expect(invoker.requests[1]?.size.memoryMiB).toBeGreaterThan(job.size.memoryMiB);
  });

  it('F16 before it started costs no attempt, and is launched again after a delay', async () => {
    const { job, taskArn } = await launchJob(invoker, 'a.mov');
    await handleStoppedTask(invoker.dependencies, notStarted(job.jobId, taskArn));
    const waitCount = 1;
    const delaySeconds = launchDelaySeconds({ jobId: job.jobId, waitCount });
    expect(await read(job)).toMatchObject({
      ...{ status: 'queued', launch: null, failureCount: 0, interruptionCount: 0, waitCount },
      ...{ reason: { code: 'no-network-interface' }, launchBlockedSince: invoker.table.clock.now() },
      nextAttemptAt: addSeconds(invoker.table.clock.now(), delaySeconds),
    });
    expect(invoker.messages).toEqual([{ message: { kind: 'job-due', jobId: job.jobId }, delaySeconds }]);
  });

  it('F16 before it started does not let another blocked job launch before its time', async () => {
    const first = await launchJob(invoker, 'a.mov');
    const second = await launchJob(invoker, 'b.mov');
    for (const { job, taskArn } of [first, second])
      await handleStoppedTask(invoker.dependencies, notStarted(job.jobId, taskArn));
    expect(invoker.requests).toHaveLength(2);
    expect(await read(first.job)).toMatchObject({ launch: null, attempt: 1 });
  });

  it('F16 before it started gives its place to a job that has waited for one', async () => {
    const { job, taskArn } = await launchJob(invoker, 'a.mov');
    const settings = { ...invoker.settings, maxConcurrentTasks: 1 };
    const waiting = await admitInspected(invoker.dependencies, uploadOf('videos/b.mov'));
    await reconcileJob(invoker.with({ settings }), waiting);
    await handleStoppedTask(invoker.with({ settings }), notStarted(job.jobId, taskArn));
    expect((await read(waiting)).launch).not.toBeNull();
  });

  it('gives its claims back, and no others', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const { jobId } = job;
    const owner = claimOwner({ attempt: 1, slot: 0 }, 'process');
    await invoker.ledger.claimUnit({ jobId, unitId: 'audio', owner });
    await invoker.ledger.claimUnit({ jobId, unitId: 'plan', owner: 'another' });
    await handleStoppedTask(invoker.dependencies, stopped(jobId, taskArn));
    const units = await invoker.ledger.listUnits(jobId);
    expect(units.map(({ unitId, state }) => [unitId, state])).toEqual([
      ['audio', 'open'],
      ['plan', 'claimed'],
    ]);
  });

  it('of no job changes nothing', async () => {
    await handleStoppedTask(invoker.dependencies, stopped('a'.repeat(26), 'arn:other'));
    await handleStoppedTask(invoker.dependencies, stopped('ecs-svc/123', 'arn:other'));
    expect(invoker.requests).toEqual([]);
  });

  it('after its job has ended changes nothing', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    await invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason });
    await handleStoppedTask(invoker.dependencies, stopped(job.jobId, taskArn, { exitCode: 0 }));
    expect(await read(job)).toMatchObject({ status: 'failed', reason: someReason, attempt: 1 });
  });

  it('F17 is found by its launch if its start was not recorded', async () => {
    const { job, taskArn } = await launchJob(invoker, 'a.mov');
    const { jobId, launch } = job;
    const forgotten = {
      ...job,
      launch: launch && { ...launch, taskArn: null },
    };
    // As it was before the answer of ECS was recorded.
    const ledger = { ...invoker.ledger, readJob: async () => forgotten };
    await handleStoppedTask(invoker.with({ ledger }), stopped(jobId, taskArn));
    expect(invoker.requests[1]).toEqual(invoker.requests[0]);
    expect(await read(job)).toMatchObject({ status: 'queued', failureCount: 1 });
  });
});

describe('F04 an event', () => {
  it('that arrives twice ends the attempt once', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const task = stopped(job.jobId, taskArn);
    await Promise.all([
      handleStoppedTask(invoker.dependencies, task),
      handleStoppedTask(invoker.dependencies, task),
    ]);
    await handleStoppedTask(invoker.dependencies, task);
    expect(await read(job)).toMatchObject({ attempt: 1, failureCount: 1 });
  });

  it('about the task of an earlier attempt does not end the current one', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const interrupted = stopped(job.jobId, taskArn, { stopCode: 'SpotInterruption' });
    await handleStoppedTask(invoker.dependencies, interrupted);
    await handleStoppedTask(invoker.dependencies, interrupted);
    expect(await read(job)).toMatchObject({ attempt: 2, interruptionCount: 1 });
    expect((await read(job)).launch?.taskArn).not.toBe(taskArn);
  });

  it('whose answers of the ledger are all lost ends the attempt once', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const ledger = invoker.table.over(withLostAnswers(invoker.table.documents));
    await handleStoppedTask(invoker.with({ ledger }), stopped(job.jobId, taskArn));
    expect(await read(job)).toMatchObject({ attempt: 1, failureCount: 1 });
  });

  it('that races with the last step of the worker does not change the result', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const ledger = withRace(invoker.ledger, 'attempt-ended', () =>
      invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason }),
    );
    await handleStoppedTask(invoker.with({ ledger }), stopped(job.jobId, taskArn));
    expect(await read(job)).toMatchObject({ status: 'failed', reason: someReason, failureCount: 0 });
  });
});

it('gives the freed capacity to the job that waits longest, not to jobs that wait for a retry', async () => {
  const settings = { ...invoker.settings, maxConcurrentTasks: 1 };
  const admitWith = async (name: string) => {
    invoker.table.clock.advance(1);
    return admitInspected(invoker.dependencies, uploadOf(`videos/${name}`));
  };
  for (const name of ['retry-1', 'retry-2', 'retry-3', 'retry-4']) {
    const { job } = await startJob(invoker, name);
    const end = { kind: 'attempt-ended', attempt: 1, end: 'failed', reason: someReason } as const;
    await invoker.ledger.advance(job.jobId, { ...end, largerSize: null });
  }
  const waiting: JobRecord[] = [];
  for (const name of ['waits-1', 'waits-2', 'waits-3']) {
    const { jobId } = await admitWith(name);
    const until = addSeconds(invoker.table.clock.now(), 900);
    const step = {
      kind: 'launch-deferred',
      attempt: 0,
      reason: someReason,
      until,
      capacity: 'spot',
    } as const;
    waiting.push((await invoker.ledger.advance(jobId, step)).job);
  }
  const { job, taskArn } = await startJob(invoker, 'running');
  await invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason });
  invoker.requests.length = 0;
  await handleStoppedTask(invoker.with({ settings }), stopped(job.jobId, taskArn, { exitCode: 0 }));
  expect(invoker.requests.map(({ startedBy }) => startedBy)).toEqual([waiting[0]?.jobId]);
  for (const other of waiting.slice(1))
    expect(await read(other)).toMatchObject({ launch: null, waitCount: 1 });
});

it('removes what a cancelled job stored, and not what others store', async () => {
  const { job, taskArn } = await startJob(invoker, 'a.mov');
  const { jobId } = job;
  const claim = await invoker.ledger.claimUnit({
    jobId,
    unitId: 'audio',
    owner: claimOwner({ attempt: 1, slot: 0 }),
  });
  const { token } = claim ?? expect.unreachable();
  const lastModified = invoker.table.clock.now();
  const keys = [token, token + 1].map(
    (each) => `${unitPrefix({ jobId, unitId: 'audio', token: each })}1.m4s`,
  );
  for (const key of keys) invoker.objects.set(key, { key, sizeBytes: 1, lastModified });
  await handleStoppedTask(invoker.dependencies, stopped('another', taskArn));
  expect(invoker.objects.size).toBe(2);
  await invoker.ledger.advance(jobId, { kind: 'cancelled', reason: someReason });
  await handleStoppedTask(invoker.dependencies, stopped(jobId, taskArn));
  expect([...invoker.objects.keys()]).toEqual(keys.slice(1));
});

it('removes the files of versions that a finished job did not publish', async () => {
  const { job, taskArn } = await startJob(invoker, 'a.mov');
  const { jobId } = job;
  for (const owner of ['first', 'second']) {
    const claim = await invoker.ledger.claimUnit({ jobId, unitId: assemblyUnitId, owner });
    if (claim === null) return expect.unreachable();
    const fileKey = `${versionPrefix(jobId, claim.token)}240.mp4`;
    invoker.objects.set(fileKey, { key: fileKey, sizeBytes: 1, lastModified: job.createdAt });
    await invoker.ledger.releaseClaim(claim);
  }
  await invoker.ledger.advance(jobId, { kind: 'publication-chosen', token: 2 });
  await handleStoppedTask(invoker.dependencies, stopped(jobId, 'arn:other'));
  expect(invoker.objects.size).toBe(2);
  await invoker.ledger.advance(jobId, { kind: 'overtaken', token: 2, reason: someReason });
  await handleStoppedTask(invoker.dependencies, stopped(jobId, taskArn, { exitCode: 0 }));
  expect([...invoker.objects.keys()]).toEqual([`${versionPrefix(jobId, 2)}240.mp4`]);
});
