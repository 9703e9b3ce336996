import { additionalLaunches, type JobRecord } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../../test/admit-inspected.ts';
import { startJobWithPlan } from '../../test/job-with-plan.ts';
import { startJob } from '../../test/launched-job.ts';
import {
  openTestInvoker,
  someReason,
  type TestInvoker,
  uploadOf,
  withRace,
} from '../../test/open-test-invoker.ts';
import { reconcileJob } from '../reconcile-job.ts';

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker({ maxConcurrentTasks: 5 });
});
afterEach(() => invoker.close());

const read = async ({ jobId }: JobRecord) => (await invoker.ledger.readJob(jobId)) ?? expect.unreachable();
const requestOf = (index: number) =>
  JSON.parse(invoker.requests[index]?.environment.FYRESTREAM_REQUEST ?? expect.unreachable());

describe('a running job whose plan wants more workers', () => {
  it('gets each of them once, with a slot and a client token of its own', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 2);
    await reconcileJob(invoker.dependencies, job);
    await reconcileJob(invoker.dependencies, job);
    await reconcileJob(invoker.dependencies, await read(job));
    expect(invoker.requests).toHaveLength(3);
    expect(new Set(invoker.requests.map(({ clientToken }) => clientToken)).size).toBe(3);
    expect([1, 2].map(requestOf)).toEqual(
      [1, 2].map((slot) => ({ schemaVersion: 1, jobId: job.jobId, attempt: 1, slot })),
    );
    expect((await read(job)).additional?.launches).toMatchObject([
      { slot: 1, taskArn: expect.any(String) },
      { slot: 2, taskArn: expect.any(String) },
    ]);
  });

  it('gets as many as there are places, and the next upload starts at once in the one that stays free', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 15);
    await reconcileJob(invoker.dependencies, job);
    expect(additionalLaunches(await read(job))).toHaveLength(3);
    const next = await admitInspected(invoker.dependencies, uploadOf('videos/b.mov'));
    await reconcileJob(invoker.dependencies, next);
    expect((await read(next)).launch).not.toBeNull();
  });

  it('leaves a place to each job that waits, also to one that waits for its retry', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 15);
    await admitInspected(invoker.dependencies, uploadOf('videos/b.mov'));
    const failed = await startJobWithPlan(invoker, 'c.mov', 0);
    await invoker.ledger.advance(failed.job.jobId, {
      ...{ kind: 'attempt-ended', attempt: 1, end: 'failed', reason: someReason, largerSize: null },
    });
    await reconcileJob(invoker.dependencies, job);
    expect(additionalLaunches(await read(job))).toHaveLength(1);
  });

  it('gets no place that another one gets at the same time, although the index is late', async () => {
    const running = await Promise.all(['a', 'b', 'c'].map((name) => startJobWithPlan(invoker, name, 9)));
    const before = {
      running: await invoker.ledger.listWholePhase('running'),
      starting: await invoker.ledger.listWholePhase('starting'),
    };
    const listWholePhase = async (phase: string) => before[phase as keyof typeof before];
    const dependencies = invoker.with({ ledger: { ...invoker.ledger, listWholePhase } });
    await Promise.all(running.map(({ job }) => reconcileJob(dependencies, job)));
    for (const { job } of running) await reconcileJob(dependencies, await read(job));
    const additional = await Promise.all(running.map(async ({ job }) => additionalLaunches(await read(job))));
    expect(additional.flat()).toHaveLength(1);
  });

  it('keeps the places of its workers from other jobs', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 3);
    await reconcileJob(invoker.dependencies, job);
    await startJob(invoker, 'b.mov');
    const waiting = await admitInspected(invoker.dependencies, uploadOf('videos/c.mov'));
    await reconcileJob(invoker.dependencies, waiting);
    expect(await read(waiting)).toMatchObject({ launch: null, reason: { code: 'all-places-taken' } });
  });

  it('goes on with fewer where ECS has no capacity, and tries again at the next message', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 2);
    invoker.launchAnswers.push({ outcome: 'no-capacity', reason: someReason });
    await reconcileJob(invoker.dependencies, job);
    const without = await read(job);
    expect(without).toMatchObject({
      ...{ status: 'running', attempt: 1, waitCount: 0, failureCount: 0, reason: null },
      additional: { wanted: 2, launches: [] },
    });
    await reconcileJob(invoker.dependencies, without);
    expect(additionalLaunches(await read(job)).map(({ slot }) => slot)).toEqual([2, 3]);
  });

  it('does not ask again for a worker that ECS refuses', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 1);
    invoker.launchAnswers.push({ outcome: 'refused', reason: someReason });
    await reconcileJob(invoker.dependencies, job);
    await reconcileJob(invoker.dependencies, await read(job));
    expect(invoker.requests).toHaveLength(2);
    expect(await read(job)).toMatchObject({ status: 'running', failureCount: 0 });
  });

  it('gets none once its publication has begun', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 2);
    const { job: publishing } = await invoker.ledger.advance(job.jobId, {
      ...{ kind: 'publication-chosen', token: 1 },
    });
    await reconcileJob(invoker.dependencies, publishing);
    expect(invoker.requests).toHaveLength(1);
  });

  it('gets the same task again from an invoker that stopped before it recorded the answer of ECS', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 1);
    const crash = withRace(invoker.ledger, 'additional-started', () =>
      Promise.reject(new TypeError('crash')),
    );
    await expect(reconcileJob(invoker.with({ ledger: crash }), job)).rejects.toThrow('crash');
    expect(additionalLaunches(await read(job))).toMatchObject([{ slot: 1, taskArn: null }]);
    await reconcileJob(invoker.dependencies, await read(job));
    const [, first, second] = invoker.requests;
    expect(second).toEqual(first);
    expect(additionalLaunches(await read(job))).toMatchObject([{ slot: 1, taskArn: expect.any(String) }]);
  });

  it('by two invokers at once launches no more than are wanted', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 2);
    const ledger = withRace(invoker.ledger, 'additional-planned', () =>
      reconcileJob(invoker.dependencies, job),
    );
    await reconcileJob(invoker.with({ ledger }), job);
    expect(additionalLaunches(await read(job)).map(({ slot }) => slot)).toEqual([1, 2]);
    expect(invoker.requests).toHaveLength(3);
  });

  it('keeps its place although an earlier call, whose answer comes later, started no task', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 1);
    invoker.launchAnswers.push({ outcome: 'no-capacity', reason: someReason });
    const ledger = withRace(invoker.ledger, 'additional-ended', async () =>
      reconcileJob(invoker.dependencies, await read(job)),
    );
    await reconcileJob(invoker.with({ ledger }), job);
    expect(additionalLaunches(await read(job))).toMatchObject([{ slot: 1, taskArn: expect.any(String) }]);
  });

  it('stops a task that was started for a place which another invoker has given back', async () => {
    const { job } = await startJobWithPlan(invoker, 'a.mov', 1);
    const ledger = withRace(invoker.ledger, 'additional-started', () =>
      invoker.ledger.advance(job.jobId, {
        kind: 'additional-ended',
        slot: 1,
        taskArn: null,
        isWanted: false,
      }),
    );
    await reconcileJob(invoker.with({ ledger }), job);
    expect(invoker.stopCalls).toHaveLength(1);
  });
});
