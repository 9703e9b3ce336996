import { withLostAnswers } from '@fyrestream/cloud/test/open-test-ledger';
import { addSeconds, type JobRecord, launchDelaySeconds, type TaskSize } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { admitInspected } from '../test/admit-inspected.ts';
import { startJob } from '../test/launched-job.ts';
import {
  openTestInvoker,
  someReason,
  type TestInvoker,
  taskArnOf,
  uploadOf,
  withRace,
} from '../test/open-test-invoker.ts';
import { reconcileJob } from './reconcile-job.ts';

const noCapacity = { outcome: 'no-capacity', reason: { ...someReason, code: 'no-capacity' } } as const;
const refused = { outcome: 'refused', reason: { ...someReason, code: 'launch-refused' } } as const;

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker({ maxConcurrentTasks: 2 });
});
afterEach(() => invoker.close());

const admit = (name = 'a.mov') => admitInspected(invoker.dependencies, uploadOf(`videos/${name}`));
const read = async ({ jobId }: JobRecord) => (await invoker.ledger.readJob(jobId)) ?? expect.unreachable();

/** A job that found no capacity and waits 15 minutes. */
async function admitWaiting(name: string): Promise<JobRecord> {
  const { jobId } = await admit(name);
  const until = addSeconds(invoker.table.clock.now(), 900);
  const step = { kind: 'launch-deferred', attempt: 0, reason: someReason, until, capacity: 'spot' } as const;
  return (await invoker.ledger.advance(jobId, step)).job;
}

describe('a launch', () => {
  it('is recorded with its task, and the pending event is published', async () => {
    const job = await admit();
    await reconcileJob(invoker.dependencies, job, { sendReminder: true });
    const launched = await read(job);
    expect(invoker.requests).toEqual([launched.launch?.request]);
    expect(launched.launch?.taskArn).toBe(taskArnOf(invoker.requests[0]?.clientToken ?? ''));
    expect(invoker.events.map(({ kind }) => kind)).toEqual(['job-queued']);
    expect(launched.owed).toEqual([]);
    expect(invoker.messages).toEqual([]);
  });

  it('F17 that was recorded but possibly not sent is sent again with the same client token', async () => {
    const job = await admit();
    const crash = withRace(invoker.ledger, 'task-started', () => Promise.reject(new Error('crash')));
    await expect(reconcileJob(invoker.with({ ledger: crash }), job)).rejects.toThrow('crash');
    await reconcileJob(invoker.dependencies, await read(job));
    expect(invoker.requests).toHaveLength(2);
    expect(invoker.requests[1]).toEqual(invoker.requests[0]);
    expect((await read(job)).attempt).toBe(1);
  });

  it('F12 falls back to on-demand at once if Spot has no capacity', async () => {
    invoker.launchAnswers.push(noCapacity);
    const job = await admit();
    await reconcileJob(invoker.dependencies, job);
    expect(invoker.requests.map(({ capacity }) => capacity)).toEqual(['spot', 'on-demand']);
    expect((await read(job)).launch?.taskArn).toBe(taskArnOf(invoker.requests[1]?.clientToken ?? ''));
  });

  it('F12 waits if on-demand has no capacity either, and sends one reminder', async () => {
    invoker.launchAnswers.push(noCapacity, noCapacity);
    const job = await admit();
    await reconcileJob(invoker.dependencies, job, { sendReminder: true });
    const waiting = await read(job);
    expect(waiting).toMatchObject({ status: 'queued', launch: null, waitCount: 2, failureCount: 0 });
    const delaySeconds = launchDelaySeconds({ jobId: job.jobId, waitCount: 2 });
    expect(waiting.nextAttemptAt).toBe(addSeconds(invoker.table.clock.now(), delaySeconds));
    expect(invoker.messages).toEqual([{ message: { kind: 'job-due', jobId: job.jobId }, delaySeconds }]);
  });

  it('F14 that is throttled waits, and does not send a second call for on-demand capacity', async () => {
    invoker.launchAnswers.push({ outcome: 'no-capacity', reason: { ...someReason, code: 'throttled' } });
    const job = await admit();
    await reconcileJob(invoker.dependencies, job, { sendReminder: true });
    expect(invoker.requests).toHaveLength(1);
    expect(invoker.messages).toHaveLength(1);
    expect(await read(job)).toMatchObject({ launch: null, capacity: 'spot', failureCount: 0, waitCount: 1 });
  });

  it('F14 that is throttled for a day is not failed, and its job is launched afterwards', async () => {
    const warn = vi.spyOn(invoker.dependencies.log, 'warn');
    const job = await admit();
    for (let quarter = 0; quarter < 96; quarter++) {
      invoker.launchAnswers.push({ outcome: 'no-capacity', reason: { ...someReason, code: 'throttled' } });
      await reconcileJob(invoker.dependencies, await read(job));
      invoker.table.clock.advance(900);
    }
    expect(await read(job)).toMatchObject({ status: 'queued', failureCount: 0, waitCount: 96 });
    const blocked = warn.mock.calls.filter(([, message]) => message === 'launch-blocked');
    // One line for each launch after the first hour.
    expect(blocked).toHaveLength(91);
    expect(blocked[0]?.[0]).toMatchObject({ jobId: job.jobId, reason: { code: 'throttled' } });
    await reconcileJob(invoker.dependencies, await read(job));
    expect((await read(job)).launch?.taskArn).toBeDefined();
  });

  it('F22 of a job that Spot has interrupted twice stays on demand, also after a wait', async () => {
    const { job } = await startJob(invoker, 'a.mov');
    for (const attempt of [1, 2]) {
      const end = { kind: 'attempt-ended', attempt, end: 'interrupted', largerSize: null } as const;
      const ended = await invoker.ledger.advance(job.jobId, { ...end, reason: someReason });
      await reconcileJob(
        invoker.with({ settings: { ...invoker.settings, maxConcurrentTasks: attempt === 1 ? 2 : 0 } }),
        ended.job,
      );
    }
    expect(await read(job)).toMatchObject({ reason: { code: 'all-places-taken' }, capacity: 'on-demand' });
  });

  it('that ECS refuses ends the attempt and is retried later', async () => {
    invoker.launchAnswers.push(refused);
    const job = await admit();
    await reconcileJob(invoker.dependencies, job);
    expect(await read(job)).toMatchObject({
      ...{ status: 'queued', launch: null, failureCount: 1, reason: { code: 'launch-refused' } },
      nextAttemptAt: addSeconds(invoker.table.clock.now(), 30),
    });
  });
});

describe('a job', () => {
  it('is not launched before its time', async () => {
    const job = await admitWaiting('a.mov');
    await reconcileJob(invoker.dependencies, job);
    expect(invoker.requests).toEqual([]);
    invoker.table.clock.advance(900);
    await reconcileJob(invoker.dependencies, job);
    expect(invoker.requests).toHaveLength(1);
  });

  it('is launched if its time was recorded by a clock that was days ahead', async () => {
    invoker.table.clock.advance(3 * 86_400);
    const job = await admitWaiting('a.mov');
    invoker.table.clock.advance(-3 * 86_400);
    await reconcileJob(invoker.dependencies, job);
    expect((await read(job)).launch).not.toBeNull();
  });

  it('that waits for capacity is launched before its time when a task has stopped', async () => {
    const job = await admitWaiting('a.mov');
    await reconcileJob(invoker.dependencies, job, { capacityFreed: true });
    expect(invoker.requests).toHaveLength(1);
  });

  it('that waits for its retry is not launched before its time', async () => {
    invoker.launchAnswers.push(refused);
    const job = await admit();
    await reconcileJob(invoker.dependencies, job);
    await reconcileJob(invoker.dependencies, await read(job), { capacityFreed: true });
    expect(invoker.requests).toHaveLength(1);
  });

  it('F14 waits in line, without a reminder, while the stack runs its limit of tasks', async () => {
    for (const name of ['a.mov', 'b.mov']) await reconcileJob(invoker.dependencies, await admit(name));
    const job = await admit('c.mov');
    await reconcileJob(invoker.dependencies, job, { sendReminder: true });
    expect(invoker.requests).toHaveLength(2);
    expect(await read(job)).toMatchObject({ nextAttemptAt: null, reason: { code: 'all-places-taken' } });
    expect(invoker.messages).toEqual([]);
  });

  it('keeps its time if another job took the freed capacity', async () => {
    for (const name of ['a.mov', 'b.mov']) await reconcileJob(invoker.dependencies, await admit(name));
    const waiting = await admitWaiting('c.mov');
    await reconcileJob(invoker.dependencies, waiting, { capacityFreed: true });
    const { nextAttemptAt, waitCount } = waiting;
    expect(await read(waiting)).toMatchObject({ launch: null, nextAttemptAt, waitCount });
  });

  it('above the cost limit is held, and launched after its release', async () => {
    invoker.inspection = { ...invoker.inspection, costEstimateUsd: 1.5 };
    const job = await admit();
    await reconcileJob(invoker.dependencies, job);
    expect(await read(job)).toMatchObject({ status: 'held', reason: { code: 'cost-limit' } });
    expect(invoker.requests).toEqual([]);
    const { job: released } = await invoker.ledger.advance(job.jobId, { kind: 'released' });
    await reconcileJob(invoker.dependencies, released);
    expect(invoker.requests).toHaveLength(1);
  });

  it('above the cost limit only by its additional workers and its larger task is not held between two attempts', async () => {
    const { job } = await startJob(invoker, 'a.mov');
    const endAttempt = (attempt: number, end: 'outgrown' | 'interrupted', largerSize: TaskSize | null) =>
      invoker.ledger.advance(job.jobId, {
        ...{ kind: 'attempt-ended', attempt, end, reason: someReason, largerSize },
      });
    const { job: outgrown } = await endAttempt(1, 'outgrown', { ...job.size, memoryMiB: 8192 });
    await reconcileJob(invoker.dependencies, outgrown);
    await invoker.ledger.advance(job.jobId, { kind: 'work-started', attempt: 2 });
    await invoker.ledger.advance(job.jobId, {
      ...{ kind: 'planned', attempt: 2, planToken: 1, additionalWorkers: 1, costEstimateUsd: 1.5 },
    });
    const { job: interrupted } = await endAttempt(2, 'interrupted', null);
    await reconcileJob(invoker.dependencies, interrupted);
    expect(await read(job)).toMatchObject({ status: 'queued', attempt: 3, launch: { attempt: 3 } });
  });
});

describe('a race', () => {
  it('with a cancellation: an outdated record starts no task', async () => {
    const job = await admit();
    await invoker.ledger.advance(job.jobId, { kind: 'cancelled', reason: someReason });
    await reconcileJob(invoker.dependencies, job);
    expect(invoker.requests).toEqual([]);
    expect((await read(job)).status).toBe('cancelled');
  });

  it('with a cancellation between the plan and its write starts no task', async () => {
    const job = await admit();
    const ledger = withRace(invoker.ledger, 'launch-planned', () =>
      invoker.ledger.advance(job.jobId, { kind: 'cancelled', reason: someReason }),
    );
    await reconcileJob(invoker.with({ ledger }), job);
    expect(invoker.requests).toEqual([]);
  });

  it('with a worker that starts before its task is recorded keeps the job running', async () => {
    const job = await admit();
    const ledger = withRace(invoker.ledger, 'task-started', () =>
      invoker.ledger.advance(job.jobId, { kind: 'work-started', attempt: 1 }),
    );
    await reconcileJob(invoker.with({ ledger }), job);
    const running = await read(job);
    expect(running.status).toBe('running');
    expect(running.launch?.taskArn).toBe(taskArnOf(running.launch?.request.clientToken ?? ''));
  });

  it('of several invokers plans one attempt and starts one task', async () => {
    const job = await admit();
    await Promise.all(Array.from({ length: 5 }, () => reconcileJob(invoker.dependencies, job)));
    expect(new Set(invoker.requests.map(({ clientToken }) => clientToken)).size).toBe(1);
    expect((await read(job)).attempt).toBe(1);
  });

  it('with a network that loses every answer of the ledger starts one task', async () => {
    const job = await admit();
    const ledger = invoker.table.over(withLostAnswers(invoker.table.documents));
    await reconcileJob(invoker.with({ ledger }), job);
    expect(invoker.requests).toHaveLength(1);
    expect(await read(job)).toMatchObject({ attempt: 1, owed: [] });
  });
});

it('an event that the bus refuses stays pending', async () => {
  const job = await admit();
  const events = { publish: () => Promise.reject(new Error('refused')) };
  await expect(reconcileJob(invoker.with({ events }), job)).rejects.toThrow('refused');
  expect((await read(job)).owed).toHaveLength(1);
  await reconcileJob(invoker.dependencies, await read(job));
  expect(invoker.events.map(({ kind }) => kind)).toEqual(['job-queued']);
});
