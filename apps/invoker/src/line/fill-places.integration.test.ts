import { type JobRecord, jobIdOf } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../../test/admit-inspected.ts';
import { startJobWithPlan } from '../../test/job-with-plan.ts';
import { startJob } from '../../test/launched-job.ts';
import { openTestInvoker, someReason, type TestInvoker, uploadOf } from '../../test/open-test-invoker.ts';
import { createInvoker } from '../handler.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { sweep } from '../sweep.ts';
import { fillPlaces } from './fill-places.ts';

const noCapacity = { outcome: 'no-capacity', reason: { ...someReason, code: 'no-capacity' } } as const;

let invoker: TestInvoker;
const names = new Map<string, string>();
beforeEach(async () => {
  names.clear();
  invoker = await openTestInvoker({
    maxConcurrentTasks: 1,
    priorities: { 'acme/archive/': 'bulk', 'news/': 'urgent' },
    shares: { large: 2 },
  });
});
afterEach(() => invoker.close());

const read = async ({ jobId }: JobRecord) => (await invoker.ledger.readJob(jobId)) ?? expect.unreachable();

/** Admits an upload, one second after the last one; without a free place it joins the line. */
async function upload(name: string): Promise<JobRecord> {
  invoker.table.clock.advance(1);
  names.set(jobIdOf(uploadOf(`videos/${name}`)), name);
  return reconcileJob(
    invoker.dependencies,
    await admitInspected(invoker.dependencies, uploadOf(`videos/${name}`)),
  );
}

const launched = () => invoker.requests.map(({ startedBy }) => names.get(startedBy) ?? startedBy);

/** Lets a launched job end, and gives its place to the next. */
async function end(name: string): Promise<void> {
  const jobId = jobIdOf(uploadOf(`videos/${name}`));
  const { attempt } = (await invoker.ledger.readJob(jobId)) ?? expect.unreachable();
  await invoker.ledger.advance(jobId, { kind: 'failed', attempt, reason: someReason });
  await fillPlaces(invoker.dependencies);
}

/** Lets jobs end, one after the other, until none is left. */
async function endAll(): Promise<void> {
  for (let index = 0; index < invoker.requests.length; index += 1) await end(launched()[index] ?? '');
}

describe('a free place', () => {
  it('goes to another tenant than the last, however many wait, and there to the oldest', async () => {
    for (const name of ['a/1', 'a/2', 'a/3', 'a/4', 'b/1', 'b/2']) await upload(name);
    await endAll();
    expect(launched()).toEqual(['a/1', 'b/1', 'a/2', 'b/2', 'a/3', 'a/4']);
  });

  it('goes to the tenant with the least work under way by its share', async () => {
    const dependencies = invoker.with({ settings: { ...invoker.settings, maxConcurrentTasks: 6 } });
    for (const name of ['a/0', 'large/0']) await upload(name);
    for (let number = 1; number <= 8; number += 1)
      for (const name of ['a', 'large']) await upload(`${name}/${number}`);
    await fillPlaces(dependencies);
    const ofLarge = launched().filter((name) => name.startsWith('large/'));
    expect([launched().length, ofLarge.length]).toEqual([6, 4]);
  });

  it('goes to urgent jobs first and to bulk jobs last, but to these at every tenth place', async () => {
    await upload('acme/0');
    for (const name of ['acme/archive/1', 'acme/archive/2']) await upload(name);
    for (let number = 1; number <= 12; number += 1) await upload(`acme/${number}`);
    await upload('news/1');
    await endAll();
    const order = launched();
    expect(order.slice(0, 3)).toEqual(['acme/0', 'news/1', 'acme/1']);
    expect(order.indexOf('acme/archive/1')).toBe(9);
    expect(order.at(-1)).toBe('acme/archive/2');
  });

  it('goes to an interrupted job before younger ones of its tenant', async () => {
    const first = await upload('a/1');
    await upload('a/2');
    await upload('a/3');
    const end = { kind: 'attempt-ended', attempt: 1, end: 'interrupted', reason: someReason } as const;
    const { job } = await invoker.ledger.advance(first.jobId, { ...end, largerSize: null });
    await reconcileJob(invoker.dependencies, job);
    await fillPlaces(invoker.dependencies);
    expect(launched()).toEqual(['a/1', 'a/1']);
  });

  it('does not wait for the next sweep where many are free at once, as after a higher limit', async () => {
    for (let number = 0; number <= 25; number += 1) await upload(`a/${number}`);
    const handle = createInvoker(invoker.with({ settings: { ...invoker.settings, maxConcurrentTasks: 50 } }));
    await handle({ kind: 'sweep-requested' });
    // Each message may send another one.
    for (const { message } of invoker.messages) await handle(message);
    expect(launched()).toHaveLength(26);
    expect(invoker.messages).toHaveLength(2);
  });

  it('is not kept for a job that was cancelled while it waited', async () => {
    await upload('a/1');
    const cancelled = await upload('a/2');
    await upload('a/3');
    await invoker.ledger.advance(cancelled.jobId, { kind: 'cancelled', reason: someReason });
    await end('a/1');
    expect(launched()).toEqual(['a/1', 'a/3']);
    expect(await invoker.ledger.listLine()).toEqual([]);
  });

  it('goes to a smaller job where ECS has no capacity for the first in line', async () => {
    await upload('a/1');
    for (const name of ['a/2', 'b/1']) await upload(name);
    invoker.launchAnswers.push(noCapacity, noCapacity);
    await end('a/1');
    // Both types of capacity were tried for the first of them.
    expect(launched()).toEqual(['a/1', 'b/1', 'b/1', 'a/2']);
  });
});

describe('while ECS has no capacity', () => {
  it('the last job that a freed place refuses has a reminder: nothing else would try the line again', async () => {
    await upload('a/1');
    await upload('a/2');
    invoker.launchAnswers.push(noCapacity, noCapacity);
    await end('a/1');
    const waiting = (await invoker.ledger.readJob(jobIdOf(uploadOf('videos/a/2')))) ?? expect.unreachable();
    expect(waiting).toMatchObject({ status: 'queued', launch: null, nextAttemptAt: expect.any(String) });
    expect(invoker.messages).toMatchObject([{ message: { kind: 'job-due', jobId: waiting.jobId } }]);
  });

  /** Receives all uploads before it inspects the first. */
  async function admit(...uploadNames: string[]): Promise<void> {
    const settings = { ...invoker.settings, maxConcurrentTasks: 50 };
    const handle = createInvoker(invoker.with({ settings }));
    for (const name of uploadNames) {
      invoker.launchAnswers.push(noCapacity, noCapacity);
      invoker.table.clock.advance(1);
      await handle({ kind: 'upload-received', upload: uploadOf(`videos/${name}`) });
    }
    const due = invoker.messages.filter(({ delaySeconds }) => delaySeconds === 0);
    for (const { message } of due) await handle(message);
  }
  const numbered = (count: number) => Array.from({ length: count }, (_, number) => `a/${number}`);

  it('F14 thousands of uploads do not ask it thousands of times, and only one of them has a reminder', async () => {
    await admit(...numbered(60));
    // The first, and two in line behind it, each on Spot and on demand.
    expect(invoker.requests).toHaveLength(2 * 3);
    expect(invoker.messages.filter(({ delaySeconds }) => delaySeconds > 0)).toHaveLength(1);
    expect(await invoker.ledger.listLine({}, 100)).toHaveLength(59);
  });

  it('jobs that are larger than any quota do not keep smaller ones of their tenant from a place for ever', async () => {
    const { launcher } = invoker.dependencies;
    const launch: typeof launcher.launch = async (request) => {
      const answer = await launcher.launch(request);
      return names.get(request.startedBy)?.startsWith('a/large') ? noCapacity : answer;
    };
    const settings = { ...invoker.settings, maxConcurrentTasks: 50 };
    const dependencies = invoker.with({ settings, launcher: { ...launcher, launch } });
    const running = await upload('b/1');
    expect(await read(running)).toMatchObject({ launch: { taskArn: expect.any(String) } });
    await invoker.ledger.advance(running.jobId, { kind: 'work-started', attempt: 1 });
    for (let number = 1; number <= 14; number += 1) await upload(`a/large-${number}`);
    const small = await upload('a/small');
    // Ten launches of a sweep are refused; the next one tries two of them again, and then the jobs behind them.
    for (let count = 0; count < 2; count += 1) {
      expect(await read(small)).toMatchObject({ launch: null });
      await sweep(dependencies);
      invoker.table.clock.advance(60);
    }
    expect(await read(small)).toMatchObject({ launch: { taskArn: expect.any(String) } });
    // A smaller one that comes later is tried at once.
    await invoker.ledger.advance(small.jobId, { kind: 'work-started', attempt: 1 });
    const later = await upload('a/later');
    await invoker.table.rewriteJob(later.jobId, { size: { ...later.size, cpuUnits: 256 } });
    await fillPlaces(dependencies, { skipsBlocked: true });
    expect(await read(later)).toMatchObject({ launch: { taskArn: expect.any(String) } });
  });

  it('an upload of another tenant is tried, although several of one tenant were refused', async () => {
    await admit(...numbered(6));
    await admit('b/1');
    expect(invoker.requests.at(-1)?.startedBy).toBe(jobIdOf(uploadOf('videos/b/1')));
  });
});

describe('the limit of tasks', () => {
  it('holds however many invokers launch at once, although the index is late', async () => {
    const late = { ...invoker.ledger, listWholePhase: async () => [] };
    const dependencies = invoker.with({
      ledger: late,
      settings: { ...invoker.settings, maxConcurrentTasks: 3 },
    });
    const jobs = await Promise.all(
      Array.from({ length: 12 }, (_, index) => admitInspected(dependencies, uploadOf(`videos/${index}`))),
    );
    await Promise.all(jobs.map((job) => reconcileJob(dependencies, job)));
    expect(invoker.requests).toHaveLength(3);
    await fillPlaces(dependencies);
    expect(invoker.requests).toHaveLength(3);
  });

  it.each([
    ['no Spot capacity', noCapacity],
    ['a refusal', { outcome: 'refused', reason: someReason } as const],
  ])('holds when a job tries again after %s, while another one got its place', async (_, answer) => {
    const job = await admitInspected(invoker.dependencies, uploadOf('videos/a'));
    const { launcher, ledger, clock } = invoker.dependencies;
    const launch: typeof launcher.launch = async (request) => {
      await launcher.launch(request);
      if (request.startedBy !== job.jobId) return { outcome: 'started', taskArn: 'task/b' };
      // A second invoker hears the answer first and lets the job wait; then its place is free.
      const { attempt } = await read(job);
      const until = clock();
      await ledger.advance(job.jobId, {
        ...{ kind: 'launch-deferred', attempt, reason: someReason, until, capacity: 'on-demand' },
      });
      await upload('b');
      return answer;
    };
    await reconcileJob(invoker.with({ launcher: { ...launcher, launch } }), job);
    expect(launched()).toEqual([job.jobId, 'b']);
    expect(await read(job)).toMatchObject({ launch: null });
  });

  it('counts the additional workers of a job that waits for its next attempt', async () => {
    const dependencies = invoker.with({ settings: { ...invoker.settings, maxConcurrentTasks: 3 } });
    const { job } = await startJobWithPlan(invoker, 'a.mov', 1);
    await reconcileJob(dependencies, job);
    await invoker.ledger.advance(job.jobId, {
      ...{ kind: 'attempt-ended', attempt: 1, end: 'failed', reason: someReason, largerSize: null },
    });
    for (const name of ['b', 'c', 'd']) {
      await reconcileJob(dependencies, await admitInspected(dependencies, uploadOf(`videos/${name}`)));
    }
    expect(invoker.requests).toHaveLength(4);
  });

  it('does not count a place for ever that an invoker was given and did not use', async () => {
    const crash = { ...invoker.ledger, advance: () => Promise.reject(new Error('crash')) };
    const job = await admitInspected(invoker.dependencies, uploadOf('videos/a'));
    await expect(reconcileJob(invoker.with({ ledger: crash }), job)).rejects.toThrow('crash');
    const other = await upload('b');
    expect(invoker.requests).toEqual([]);
    await reconcileJob(invoker.dependencies, await read(job));
    expect(invoker.requests).toEqual([]);
    invoker.table.clock.advance(301);
    await fillPlaces(invoker.dependencies);
    expect(invoker.requests).toHaveLength(1);
    expect(await read(other)).toMatchObject({ status: 'queued' });
  });
});

describe('a waiting job', () => {
  it('sends no message, and needs the same number of requests however many wait', async () => {
    const { documents } = invoker.table;
    let requests = 0;
    const counting = invoker.table.over({
      send: (command: Parameters<typeof documents.send>[0]) => {
        requests += 1;
        return documents.send(command);
      },
    } as unknown as typeof documents);
    const handle = createInvoker(invoker.with({ ledger: counting }));
    await startJob(invoker, 'running');
    const counts: number[] = [];
    for (let number = 0; number < 40; number += 1) {
      requests = 0;
      const { jobId } = await admitInspected(invoker.dependencies, uploadOf(`videos/a/${number}`));
      invoker.table.clock.advance(1);
      await handle({ kind: 'job-due', jobId });
      counts.push(requests);
    }
    expect(new Set(counts.slice(1)).size).toBe(1);
    expect(invoker.messages).toEqual([]);
  });

  it('of an earlier release, which has a reminder and no entry, joins the line', async () => {
    await upload('a/1');
    const { jobId } = await admitInspected(invoker.dependencies, uploadOf('videos/a/2'));
    const reason = { ...someReason, code: 'all-places-taken' };
    await invoker.table.rewriteJob(jobId, { waitCount: 3, reason, statusIndex: 'queued' });
    await sweep(invoker.dependencies);
    expect(await invoker.ledger.listLine()).toMatchObject([{ jobId }]);
    await end('a/1');
    expect(invoker.requests.at(-1)?.startedBy).toBe(jobId);
  });
});
