import { claimOwner, type StoppedTask } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launchJob, startJob } from '../../test/launched-job.ts';
import { openTestInvoker, someReason, type TestInvoker, withRace } from '../../test/open-test-invoker.ts';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { createIsolation } from '../isolate-failures.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { endLostAttempts } from './end-lost-attempts.ts';

const minute = 60;

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker();
});
afterEach(() => invoker.close());

/** Runs this part of the sweep for all jobs that may have a task. @returns its failures */
async function run(dependencies: InvokerDependencies = invoker.dependencies) {
  const [running, queued] = await Promise.all([
    invoker.ledger.listJobs('running'),
    invoker.ledger.listJobs('queued'),
  ]);
  const { isolate, failures } = createIsolation(dependencies.log);
  await endLostAttempts(dependencies, [...running.jobs, ...queued.jobs], isolate);
  return failures;
}

const read = async (jobId: string) => (await invoker.ledger.readJob(jobId)) ?? expect.unreachable();

function stopped(taskArn: string, changes: Partial<StoppedTask> = {}): StoppedTask {
  return {
    ...{ taskArn, startedBy: null, stopCode: 'EssentialContainerExited', stoppedReason: null },
    ...{ exitCode: 139, containerReason: null },
    ...changes,
  };
}

describe('an attempt whose task stopped without an event', () => {
  it('is ended with the reason of the task', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    invoker.stoppedTasks.set(taskArn, stopped(taskArn));
    expect(await run()).toEqual([]);
    expect(await read(job.jobId)).toMatchObject({
      ...{ status: 'queued', failureCount: 1, reason: { code: 'worker-crashed' } },
    });
    expect(invoker.stopCalls).toEqual([]);
  });

  it('is ended if ECS no longer knows the task', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    invoker.stoppedTasks.set(taskArn, stopped(taskArn, { stopCode: null, exitCode: null }));
    await run();
    expect(await read(job.jobId)).toMatchObject({ reason: { code: 'task-lost' }, failureCount: 1 });
  });

  it('ends no later attempt, although the index still shows the one before', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const containerReason = 'OutOfMemoryError: Container killed due to memory usage';
    const usage: StoppedTask['usage'] = {
      ...{ attempt: 1, slot: 0, capacity: 'spot', cpuUnits: 1024, memoryMiB: 2048 },
      ...{ ephemeralStorageGiB: 21, seconds: 90 },
    };
    invoker.stoppedTasks.set(taskArn, stopped(taskArn, { exitCode: 137, containerReason, usage }));
    await run();
    const next = await reconcileJob(invoker.dependencies, await read(job.jobId));
    const { isolate } = createIsolation(invoker.dependencies.log);
    await endLostAttempts(invoker.dependencies, [job], isolate);
    expect(await read(job.jobId)).toMatchObject({ status: 'queued', attempt: 2, launch: next.launch });
  });

  it('is not ended if its worker finishes the job meanwhile', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    invoker.stoppedTasks.set(taskArn, stopped(taskArn));
    const ledger = withRace(invoker.ledger, 'attempt-ended', () =>
      invoker.ledger.advance(job.jobId, { kind: 'failed', attempt: 1, reason: someReason }),
    );
    await run(invoker.with({ ledger }));
    expect(await read(job.jobId)).toMatchObject({ status: 'failed', reason: someReason, failureCount: 0 });
  });
});

describe('F27 a running task', () => {
  it('is left alone while its job or one of its units changes', async () => {
    const { job } = await startJob(invoker, 'a.mov');
    invoker.table.clock.advance(9 * minute);
    await run();
    const unit = { jobId: job.jobId, unitId: 'plan', owner: 'worker' };
    const claim = (await invoker.ledger.claimUnit(unit)) ?? expect.unreachable();
    invoker.table.clock.advance(9 * minute);
    await invoker.ledger.renewClaim(claim, { progress: 0.5 });
    invoker.table.clock.advance(9 * minute);
    await run();
    expect(invoker.stopCalls).toEqual([]);
    expect((await read(job.jobId)).status).toBe('running');
  });

  it('is stopped after 10 minutes without a write of its worker', async () => {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    invoker.table.clock.advance(11 * minute);
    await run();
    expect(invoker.stopCalls.map((call) => call.taskArn)).toEqual([taskArn]);
    expect(await read(job.jobId)).toMatchObject({
      ...{ status: 'queued', launch: null, failureCount: 1, reason: { code: 'worker-silent' } },
    });
  });
});

describe('F27 a leading worker that writes nothing while an additional one encodes', () => {
  /** The additional worker renews its claim after the leading one was silent for 11 minutes. */
  async function startWithSilentLeader(leadingUnit: 'claimed' | 'done') {
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    const claim = async (unitId: string, slot: number) => {
      const owner = claimOwner({ attempt: 1, slot }, 'process');
      return (await invoker.ledger.claimUnit({ jobId: job.jobId, unitId, owner })) ?? expect.unreachable();
    };
    const leading = await claim('audio', 0);
    if (leadingUnit === 'done') await invoker.ledger.finishUnit(leading);
    const additional = await claim('video-00001', 1);
    invoker.table.clock.advance(11 * minute);
    await invoker.ledger.renewClaim(additional, { progress: 0.5 });
    return { job, taskArn };
  }

  it('is stopped if it has claimed a unit', async () => {
    const { job, taskArn } = await startWithSilentLeader('claimed');
    await run();
    expect(invoker.stopCalls.map((call) => call.taskArn)).toEqual([taskArn]);
    expect(await read(job.jobId)).toMatchObject({ status: 'queued', reason: { code: 'worker-silent' } });
  });

  it('is left alone if it has none: it waits, until nobody has written for 10 minutes', async () => {
    const { taskArn } = await startWithSilentLeader('done');
    await run();
    expect(invoker.stopCalls).toEqual([]);
    invoker.table.clock.advance(11 * minute);
    await run();
    expect(invoker.stopCalls.map((call) => call.taskArn)).toEqual([taskArn]);
  });
});

describe('after a jump of the clock', () => {
  const days = 3 * 24 * 60 * minute;

  it('a task whose last write has a time days ahead, and which writes nothing more, is stopped', async () => {
    invoker.table.clock.advance(days);
    const { job, taskArn } = await startJob(invoker, 'a.mov');
    invoker.table.clock.advance(-days);
    await run();
    expect(invoker.stopCalls.map((call) => call.taskArn)).toEqual([taskArn]);
    expect((await read(job.jobId)).reason?.code).toBe('worker-silent');
  });

  it('a task whose worker has written since is left alone', async () => {
    invoker.table.clock.advance(days);
    const { job } = await startJob(invoker, 'a.mov');
    const unit = { jobId: job.jobId, unitId: 'plan', owner: 'worker' };
    const claim = (await invoker.ledger.claimUnit(unit)) ?? expect.unreachable();
    invoker.table.clock.advance(-days);
    await invoker.ledger.renewClaim(claim, { progress: 0.5 });
    await run();
    expect(invoker.stopCalls).toEqual([]);
  });
});

describe('a task that does not start', () => {
  it('is left alone for 20 minutes', async () => {
    const { job } = await launchJob(invoker, 'a.mov');
    invoker.table.clock.advance(19 * minute);
    await run();
    expect(invoker.stopCalls).toEqual([]);
    expect((await read(job.jobId)).launch).not.toBeNull();
  });

  it('is then stopped, and the attempt ends', async () => {
    const { job, taskArn } = await launchJob(invoker, 'a.mov');
    invoker.table.clock.advance(21 * minute);
    await run();
    expect(invoker.stopCalls.map((call) => call.taskArn)).toEqual([taskArn]);
    expect(await read(job.jobId)).toMatchObject({ launch: null, reason: { code: 'start-timed-out' } });
  });

  it('and starts while it is being stopped loses its attempt', async () => {
    const { job } = await launchJob(invoker, 'a.mov');
    invoker.table.clock.advance(21 * minute);
    const ledger = withRace(invoker.ledger, 'attempt-ended', () =>
      invoker.ledger.advance(job.jobId, { kind: 'work-started', attempt: 1 }),
    );
    await run(invoker.with({ ledger }));
    expect(await read(job.jobId)).toMatchObject({ status: 'queued', launch: null, failureCount: 1 });
  });
});

it('F17 a launch without a recorded task is sent again, and its task is recorded', async () => {
  const { job, taskArn } = await launchJob(invoker, 'a.mov');
  const { launch } = job;
  const outdated = { ...job, launch: launch && { ...launch, taskArn: null } };
  const { isolate } = createIsolation(invoker.dependencies.log);
  await endLostAttempts(invoker.dependencies, [outdated], isolate);
  expect(invoker.requests[1]).toEqual(invoker.requests[0]);
  expect((await read(job.jobId)).launch?.taskArn).toBe(taskArn);
});

it('the failure of one job does not stop the others', async () => {
  const first = await startJob(invoker, 'a.mov');
  const second = await startJob(invoker, 'b.mov');
  invoker.table.clock.advance(11 * minute);
  const { launcher } = invoker.dependencies;
  const stop: typeof launcher.stop = async (cluster, taskArn, reason) => {
    if (taskArn === first.taskArn) throw new Error('throttled');
    await launcher.stop(cluster, taskArn, reason);
  };
  const failures = await run(invoker.with({ launcher: { ...launcher, stop } }));
  expect(failures.map(String)).toEqual(['Error: throttled']);
  expect((await read(first.job.jobId)).status).toBe('running');
  expect((await read(second.job.jobId)).status).toBe('queued');
});

it('asks ECS for at most 100 tasks per call', async () => {
  const { job } = await launchJob(invoker, 'a.mov');
  const jobs = Array.from({ length: 250 }, (_, index) => ({
    ...job,
    launch: job.launch && { ...job.launch, taskArn: `arn:${index}` },
  }));
  const calls: number[] = [];
  const { launcher } = invoker.dependencies;
  const findStopped: typeof launcher.findStopped = async (_cluster, taskArns) => {
    calls.push(taskArns.length);
    return [];
  };
  const { isolate } = createIsolation(invoker.dependencies.log);
  await endLostAttempts(invoker.with({ launcher: { ...launcher, findStopped } }), jobs, isolate);
  expect(calls).toEqual([100, 100, 50]);
});
