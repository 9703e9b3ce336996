import { additionalLaunches, claimOwner, type JobRecord, type StoppedTask } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../../test/admit-inspected.ts';
import { startJobWithPlan } from '../../test/job-with-plan.ts';
import { startJob } from '../../test/launched-job.ts';
import { openTestInvoker, someReason, type TestInvoker, uploadOf } from '../../test/open-test-invoker.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { handleStoppedTask } from '../stopped-tasks/handle-stopped-task.ts';
import { sweep } from '../sweep.ts';

const minute = 60;

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker({ maxConcurrentTasks: 4 });
});
afterEach(() => invoker.close());

const read = async ({ jobId }: JobRecord) => (await invoker.ledger.readJob(jobId)) ?? expect.unreachable();

/** A running job with additional workers. @returns the ARNs of all its tasks, the leading one first */
async function startJobWithWorkers(name: string, workers: number) {
  const { job, taskArn } = await startJobWithPlan(invoker, name, workers);
  await reconcileJob(invoker.dependencies, job);
  const launched = await read(job);
  const taskArns = additionalLaunches(launched).map((launch) => launch.taskArn ?? expect.unreachable());
  return { job: launched, taskArns: [taskArn, ...taskArns] as [string, string, ...string[]] };
}

function stopped({ jobId }: JobRecord, taskArn: string, changes: Partial<StoppedTask> = {}): StoppedTask {
  return {
    ...{ taskArn, startedBy: jobId, stopCode: 'EssentialContainerExited', stoppedReason: null },
    ...{ exitCode: 0, containerReason: null },
    ...changes,
  };
}

const interrupted = { stopCode: 'SpotInterruption', exitCode: null };
const outOfMemory = { exitCode: 137, containerReason: 'OutOfMemoryError: Container killed' };

describe('F30 an additional worker that stopped', () => {
  it.each([
    ['because no unit was open', {}, 1],
    ['because it failed', { exitCode: 10 }, 1],
    ['because its memory ran out', outOfMemory, 1],
    ['by a Spot interruption', interrupted, 2],
  ])('%s ends no attempt, and only an interrupted one is replaced', async (_why, changes, tasks) => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 1);
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[1], changes));
    const { additional: _, version: __, receipt: ___, ...rest } = job;
    expect(await read(job)).toMatchObject(rest);
    expect(invoker.requests).toHaveLength(tasks + 1);
    expect(additionalLaunches(await read(job))).toHaveLength(tasks - 1);
  });

  it('gives its claims back, and no others', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 2);
    const { jobId } = job;
    const owner = (slot: number) => claimOwner({ attempt: 1, slot }, 'process');
    await invoker.ledger.claimUnit({ jobId, unitId: 'audio', owner: owner(0) });
    await invoker.ledger.claimUnit({ jobId, unitId: 'video-00001', owner: owner(1) });
    await invoker.ledger.claimUnit({ jobId, unitId: 'video-00002', owner: owner(2) });
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[1], { exitCode: 137 }));
    const units = await invoker.ledger.listUnits(jobId);
    expect(units.map(({ unitId, state }) => `${unitId} ${state}`)).toEqual([
      'audio claimed',
      'video-00001 open',
      'video-00002 claimed',
    ]);
  });

  it('gives its place to a job that waits, before any other worker', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 2);
    await startJob(invoker, 'b.mov');
    const waiting = await admitInspected(invoker.dependencies, uploadOf('videos/c.mov'));
    await reconcileJob(invoker.dependencies, waiting);
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[1], interrupted));
    expect((await read(waiting)).launch).not.toBeNull();
    expect(additionalLaunches(await read(job))).toHaveLength(1);
  });

  it('gives its place to another running job that wants workers, if no job waits', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 1);
    const other = await startJobWithPlan(invoker, 'b.mov', 2);
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[1]));
    expect(additionalLaunches(await read(other.job))).toHaveLength(1);
  });

  it('stopped without an event: the sweep gives its place back', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 1);
    invoker.stoppedTasks.set(taskArns[1], stopped(job, taskArns[1]));
    await sweep(invoker.dependencies);
    expect(await read(job)).toMatchObject({ status: 'running', additional: { wanted: 0, launches: [] } });
  });
});

describe('an additional worker that gives no sign of life', () => {
  it('is stopped, while the job goes on', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 1);
    const leading = {
      jobId: job.jobId,
      unitId: 'audio',
      owner: claimOwner({ attempt: 1, slot: 0 }, 'process'),
    };
    invoker.table.clock.advance(21 * minute);
    await invoker.ledger.claimUnit(leading);
    await sweep(invoker.dependencies);
    expect(invoker.stopCalls.map(({ taskArn }) => taskArn)).toEqual([taskArns[1]]);
    expect(await read(job)).toMatchObject({ status: 'running', attempt: 1, additional: { launches: [] } });
  });

  it('is left alone while it renews a claim', async () => {
    const { job } = await startJobWithWorkers('a.mov', 1);
    const owner = claimOwner({ attempt: 1, slot: 1 }, 'process');
    invoker.table.clock.advance(50 * minute);
    await invoker.ledger.claimUnit({ jobId: job.jobId, unitId: 'video-00001', owner });
    await sweep(invoker.dependencies);
    expect(invoker.stopCalls).toEqual([]);
    expect(additionalLaunches(await read(job))).toHaveLength(1);
  });
});

describe('F30 the additional workers of a job', () => {
  it('go on while its attempt ends, and are not launched again for the next one', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 1);
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[0], interrupted));
    expect(await read(job)).toMatchObject({
      attempt: 2,
      additional: { launches: [{ slot: 1, attempt: 1 }] },
    });
    await invoker.ledger.advance(job.jobId, { kind: 'work-started', attempt: 2 });
    await reconcileJob(invoker.dependencies, await read(job));
    expect(invoker.stopCalls).toEqual([]);
    expect(invoker.requests).toHaveLength(3);
  });

  it.each([
    ['failed', { kind: 'failed', attempt: 1, reason: someReason }],
    ['cancelled', { kind: 'cancelled', reason: someReason }],
    ['superseded', { kind: 'superseded', reason: someReason }],
    ['held', { kind: 'held-by-worker', attempt: 1, reason: someReason, costEstimateUsd: 9 }],
  ] as const)('are stopped when it is %s, and their places are free', async (_end, step) => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 2);
    await invoker.ledger.advance(job.jobId, step);
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[0]));
    expect(invoker.stopCalls.map(({ taskArn }) => taskArn)).toEqual(taskArns.slice(1));
    expect(additionalLaunches(await read(job))).toEqual([]);
  });

  it('are stopped by the sweep if no event tells that the job is over', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 2);
    const { job: over } = await invoker.ledger.advance(job.jobId, {
      ...{ kind: 'failed', attempt: 1, reason: someReason },
    });
    const eventIds = over.owed.map(({ eventId }) => eventId);
    await invoker.ledger.advance(job.jobId, { kind: 'announced', eventIds });
    await sweep(invoker.dependencies);
    expect(invoker.stopCalls.map(({ taskArn }) => taskArn)).toEqual(taskArns.slice(1));
    expect(additionalLaunches(await read(job))).toEqual([]);
  });
});

describe('the bill of a job that ended while additional workers ran', () => {
  const usageOf = (slot: number): StoppedTask['usage'] => ({
    ...{ attempt: 1, slot, capacity: 'spot', cpuUnits: 1024, memoryMiB: 2048 },
    ...{ ephemeralStorageGiB: 21, seconds: 100 },
  });
  const finalEvents = () => invoker.events.filter(({ cost }) => cost?.isFinal);

  it.each([
    ['cancelled', { kind: 'cancelled', reason: someReason }, [0, 1, 2]],
    ['cancelled, its leading worker last', { kind: 'cancelled', reason: someReason }, [2, 1, 0]],
    ['failed', { kind: 'failed', attempt: 1, reason: someReason }, [1, 0, 2]],
  ] as const)('%s is final once, with all tasks, after the last of them', async (_end, step, order) => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 2);
    await invoker.ledger.advance(job.jobId, step);
    for (const slot of order) {
      expect(finalEvents()).toEqual([]);
      const task = stopped(job, taskArns[slot] ?? '', { usage: usageOf(slot) });
      await handleStoppedTask(invoker.dependencies, task);
      await handleStoppedTask(invoker.dependencies, task);
    }
    expect(finalEvents()).toMatchObject([{ kind: 'job-billed', cost: { tasks: 3, taskSeconds: 300 } }]);
    expect(await invoker.ledger.listOwedJobs(10)).toEqual([]);
  });

  it('is completed by the sweep where no event reports the last tasks', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 2);
    await invoker.ledger.advance(job.jobId, { kind: 'cancelled', reason: someReason });
    await sweep(invoker.dependencies);
    expect(finalEvents()).toEqual([]);
    for (const [slot, taskArn] of taskArns.entries())
      invoker.stoppedTasks.set(taskArn, stopped(job, taskArn, { usage: usageOf(slot) }));
    await sweep(invoker.dependencies);
    expect(finalEvents()).toMatchObject([{ kind: 'job-billed', cost: { tasks: 3, taskSeconds: 300 } }]);
    expect(await invoker.ledger.listOwedJobs(10)).toEqual([]);
  });

  it('stays open for a task that ECS has forgotten, without a sweep that asks again, until its event is redriven', async () => {
    const { job, taskArns } = await startJobWithWorkers('a.mov', 1);
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[1], { usage: usageOf(1) }));
    await invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason });
    invoker.stoppedTasks.set(taskArns[0], stopped(job, taskArns[0]));
    await sweep(invoker.dependencies);
    expect(finalEvents()).toEqual([]);
    expect(await invoker.ledger.listOwedJobs(10)).toEqual([]);
    await handleStoppedTask(invoker.dependencies, stopped(job, taskArns[0], { usage: usageOf(0) }));
    expect(finalEvents()).toMatchObject([{ kind: 'job-billed', cost: { tasks: 2 } }]);
  });
});
