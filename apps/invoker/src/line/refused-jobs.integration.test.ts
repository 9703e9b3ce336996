import { type JobRecord, jobIdOf } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../../test/admit-inspected.ts';
import { openTestInvoker, someReason, type TestInvoker, uploadOf } from '../../test/open-test-invoker.ts';
import { createInvoker } from '../handler.ts';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { sweep } from '../sweep.ts';
import { fillPlaces } from './fill-places.ts';

const noCapacity = { outcome: 'no-capacity', reason: { ...someReason, code: 'no-capacity' } } as const;

let invoker: TestInvoker;
const names = new Map<string, string>();
beforeEach(async () => {
  names.clear();
  invoker = await openTestInvoker({ priorities: { 'a/archive/': 'bulk', 'news/': 'urgent' } });
});
afterEach(() => invoker.close());

/** An account whose quota does not allow some jobs, by their names: those with `large` in it. */
function withQuota(
  maxConcurrentTasks: number,
  isRefused = (name = '') => name.includes('large'),
): InvokerDependencies {
  const { launcher } = invoker.dependencies;
  const launch: typeof launcher.launch = async (request) => {
    const answer = await launcher.launch(request);
    return isRefused(names.get(request.startedBy)) ? noCapacity : answer;
  };
  const settings = { ...invoker.settings, maxConcurrentTasks };
  return invoker.with({ settings, launcher: { ...launcher, launch } });
}

async function upload(dependencies: InvokerDependencies, name: string): Promise<JobRecord> {
  invoker.table.clock.advance(1);
  names.set(jobIdOf(uploadOf(`videos/${name}`)), name);
  return reconcileJob(dependencies, await admitInspected(dependencies, uploadOf(`videos/${name}`)));
}

const idOf = (name: string) => jobIdOf(uploadOf(`videos/${name}`));
const read = async (name: string) => (await invoker.ledger.readJob(idOf(name))) ?? expect.unreachable();

async function start(name: string): Promise<void> {
  const { attempt } = await read(name);
  await invoker.ledger.advance(idOf(name), { kind: 'work-started', attempt });
}

async function running(): Promise<string[]> {
  const jobs = await Promise.all([...names.keys()].map((jobId) => invoker.ledger.readJob(jobId)));
  return jobs.flatMap((job) => (job?.launch?.taskArn ? (names.get(job.jobId) ?? '') : []));
}

async function waiting(): Promise<string[]> {
  const entries = await invoker.ledger.listLine({}, 1_000);
  return entries.map(({ jobId }) => names.get(jobId) ?? '');
}

/** Ends the job that runs longest, as its worker does, and handles the end of its task. */
async function endOldest(dependencies: InvokerDependencies): Promise<string> {
  const name = (await running()).find((each) => !each.includes('long')) ?? expect.unreachable();
  const { attempt } = await read(name);
  await invoker.ledger.advance(idOf(name), { kind: 'failed', attempt, reason: someReason });
  await fillPlaces(dependencies);
  invoker.table.clock.advance(20);
  return name;
}

/** Ends so many jobs, one after the other, while a tenant uploads two files for each. @returns their names */
async function endWhileUploading(
  dependencies: InvokerDependencies,
  tenant: string,
  count: number,
): Promise<string[]> {
  const ended: string[] = [];
  for (let n = 1; n <= count; n += 1) {
    for (const suffix of ['', 'b']) await upload(dependencies, `${tenant}/${n}${suffix}`);
    ended.push(await endOldest(dependencies));
  }
  return ended;
}

describe('jobs that no quota allows', () => {
  it('of several tenants do not keep another tenant from using all free places', async () => {
    const dependencies = withQuota(50);
    await upload(dependencies, 'z/0');
    await start('z/0');
    for (const tenant of ['a', 'b', 'c', 'd', 'e'])
      for (let n = 0; n < 2; n += 1) await upload(dependencies, `${tenant}/large-${n}`);
    for (let n = 1; n <= 5; n += 1) await upload(dependencies, `z/${n}`);
    for (let count = 0; count < 6; count += 1) {
      await sweep(dependencies);
      invoker.table.clock.advance(60);
    }
    expect((await waiting()).filter((name) => name.startsWith('z'))).toEqual([]);
  });

  it('of bulk priority do not take the places that other bulk jobs get in time', async () => {
    const dependencies = withQuota(2);
    for (const name of ['a/long', 'a/0']) await upload(dependencies, name);
    for (const name of ['a/long', 'a/0']) await start(name);
    await upload(dependencies, 'a/archive/large');
    await upload(dependencies, 'a/archive/small');
    const ended = await endWhileUploading(dependencies, 'a', 25);
    expect(ended).toContain('a/archive/small');
  });

  it('of a tenant do not take the turn of its other jobs', async () => {
    const dependencies = withQuota(2);
    for (const name of ['c/long', 'b/0']) await upload(dependencies, name);
    for (const name of ['c/long', 'b/0']) await start(name);
    for (const name of ['a/large', 'a/small']) await upload(dependencies, name);
    const ended = await endWhileUploading(dependencies, 'b', 8);
    expect(ended).toContain('a/small');
  });

  it('of an outage: small uploads behind two large ones do not each ask ECS', async () => {
    const dependencies = withQuota(50, () => true);
    const handle = createInvoker(dependencies);
    for (let n = 0; n < 3; n += 1) {
      const { jobId, size } = await admitInspected(dependencies, uploadOf(`videos/a/large-${n}`));
      await invoker.table.rewriteJob(jobId, { size: { ...size, cpuUnits: 8192 } });
      invoker.table.clock.advance(1);
      await handle({ kind: 'job-due', jobId });
    }
    const before = invoker.requests.length;
    for (let n = 0; n < 25; n += 1) {
      const { jobId } = await admitInspected(dependencies, uploadOf(`videos/a/${n}`));
      invoker.table.clock.advance(1);
      await handle({ kind: 'job-due', jobId });
    }
    expect(invoker.requests.length - before).toBeLessThan(20);
  });

  it('of an outage: uploads of one folder each do not each ask ECS', async () => {
    const dependencies = withQuota(50, () => true);
    const handle = createInvoker(dependencies);
    for (let n = 0; n < 50; n += 1) {
      const { jobId } = await admitInspected(dependencies, uploadOf(`videos/${n}/film.mov`));
      invoker.table.clock.advance(1);
      await handle({ kind: 'job-due', jobId });
    }
    expect(invoker.requests.length).toBeLessThan(50);
  });
});

it('a job behind many cancelled ones gets a free place', async () => {
  const dependencies = withQuota(1);
  await upload(dependencies, 'a/0');
  await start('a/0');
  for (let n = 1; n <= 30; n += 1) await upload(dependencies, `a/${n}`);
  await upload(dependencies, 'a/last');
  for (let n = 1; n <= 30; n += 1)
    await invoker.ledger.advance(idOf(`a/${n}`), { kind: 'cancelled', reason: someReason });
  await endOldest(dependencies);
  expect(await running()).toEqual(['a/last']);
});
