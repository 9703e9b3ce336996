import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { JobRecord } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestLedger, type TestLedger, withLostAnswers } from '../../test/open-test-ledger.ts';
import { testJob, testLaunch } from '../../test/test-jobs.ts';
import { jobKey } from './ledger-table.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await openTestLedger();
});
afterAll(() => table.close());

const reason = { code: 'no-capacity', message: 'none', retryable: true };

/** Different steps, each allowed after any other. */
function deferral(minute: number) {
  const until = `2026-01-02T03:${String(minute).padStart(2, '0')}:00.000Z`;
  return { kind: 'launch-deferred', attempt: 0, reason, until, capacity: 'on-demand' } as const;
}

/** A new job for each test, as it is stored. */
async function created(name: string): Promise<JobRecord> {
  const { job } = await table.ledger.createJob(
    testJob({ versionId: name, key: `videos/${name}` }, table.clock.now()),
  );
  return job;
}

async function itemOf(jobId: string) {
  const { Item } = await table.documents.send(
    new GetCommand({ TableName: table.tableName, Key: jobKey(jobId) }),
  );
  return Item;
}

it('creates a job once, also with concurrent calls', async () => {
  const job = testJob({ versionId: 'once' });
  const others = Array.from({ length: 8 }, (_, index) => ({ ...job, costEstimateUsd: index }));
  const results = await Promise.all(others.map((other) => table.ledger.createJob(other)));
  expect(results.filter((result) => result.created)).toHaveLength(1);
  const stored = await table.ledger.readJob(job.jobId);
  for (const result of results) expect(result.job).toEqual(stored);
});

it('reports its own creation although the answer was lost', async () => {
  const job = testJob({ versionId: 'lost-creation' });
  const result = await table.over(withLostAnswers(table.documents)).createJob(job);
  expect(result).toEqual({ job, created: true });
});

it('reports its own step although the answer was lost, and applies it once', async () => {
  const { jobId } = await created('lost-step');
  const launch = testLaunch(jobId);
  const ledger = table.over(withLostAnswers(table.documents));
  expect(await ledger.advance(jobId, { kind: 'launch-planned', launch })).toMatchObject({ outcome: 'moved' });
  expect(await table.ledger.readJob(jobId)).toMatchObject({ version: 2, attempt: 1, launch });
});

it('refuses a repeated step whose first answer was lost', async () => {
  const { jobId } = await created('taken-twice');
  const step = { kind: 'launch-planned', launch: testLaunch(jobId) } as const;
  await table.ledger.advance(jobId, step);
  expect(await table.ledger.advance(jobId, step)).toMatchObject({
    outcome: 'refused',
    because: 'attempt 1 is still running',
    job: { version: 2 },
  });
});

it('loses no step of fifteen concurrent writers', async () => {
  const { jobId } = await created('contention');
  const writers = Array.from({ length: 15 }, (_, index) => table.ledger.advance(jobId, deferral(index)));
  const results = await Promise.all(writers);
  expect(results.map((result) => result.job.version).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 15 }, (_, index) => index + 2),
  );
  expect(await table.ledger.readJob(jobId)).toMatchObject({ version: 16, waitCount: 15 });
});

it('applies one step for two identical ones', async () => {
  const { jobId } = await created('same-meaning');
  const results = await Promise.all([1, 1].map((index) => table.ledger.advance(jobId, deferral(index))));
  expect(results.map(({ outcome, job }) => [outcome, job.version])).toEqual([
    ['moved', 2],
    ['moved', 2],
  ]);
  expect(await table.ledger.readJob(jobId)).toMatchObject({ version: 2, waitCount: 1 });
});

it('accepts one of several concurrent launch plans', async () => {
  const { jobId } = await created('one-launch');
  const planned = Array.from({ length: 8 }, (_, index) => {
    const launch = { ...testLaunch(jobId), plannedAt: `2026-01-02T03:04:0${index}.000Z` };
    return table.ledger.advance(jobId, { kind: 'launch-planned', launch });
  });
  const outcomes = (await Promise.all(planned)).map((result) => result.outcome);
  expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(1);
  expect(await table.ledger.readJob(jobId)).toMatchObject({ version: 2, attempt: 1 });
});

it('names the job that does not exist', async () => {
  await expect(table.ledger.advance('nobody', { kind: 'released' })).rejects.toMatchObject({
    code: 'job-not-found',
    message: 'There is no job nobody.',
    retryable: false,
  });
  expect(await table.ledger.readJob('nobody')).toBeNull();
});

it('lists jobs with pending events, the longest waiting first, until they are published', async () => {
  const first = await created('owes-first');
  table.clock.advance(1);
  const second = await created('owes-second');
  const owing = async () =>
    (await table.ledger.listOwedJobs(100)).map(({ jobId }) => jobId).filter((id) => mine.includes(id));
  const mine = [first.jobId, second.jobId];
  expect(await owing()).toEqual(mine);
  await table.ledger.advance(first.jobId, { kind: 'announced', eventIds: [`${first.jobId}-1`] });
  expect(await owing()).toEqual([second.jobId]);
});

it('lists the jobs of one status page by page, each once', async () => {
  const names = ['page-1', 'page-2', 'page-3', 'page-4', 'page-5'];
  const wanted: string[] = [];
  for (const name of names) {
    table.clock.advance(1);
    const { jobId } = await created(name);
    await table.ledger.advance(jobId, { kind: 'held', reason });
    wanted.push(jobId);
  }
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof table.ledger.listJobs>> = await table.ledger.listJobs('held', {
      limit: 2,
      cursor,
    });
    pages.push(page.jobs.map(({ jobId }) => jobId));
    cursor = page.cursor;
  } while (cursor !== null);
  expect(pages.flat()).toEqual(wanted.toReversed());
  expect(pages.every((page) => page.length <= 2)).toBe(true);
  const oldest = await table.ledger.listJobs('held', { limit: 1, oldestFirst: true });
  expect(oldest.jobs[0]?.jobId).toBe(wanted[0]);
});

it('lists jobs of several statuses in one order, within times', async () => {
  const other = await openTestLedger();
  const changes: { jobId: string; at: string }[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
    other.clock.advance(1);
    const { jobId } = (await other.ledger.createJob(testJob({ versionId: name }, other.clock.now()))).job;
    if (name < 'd') await other.ledger.advance(jobId, { kind: 'held', reason });
    changes.push({ jobId, at: other.clock.now() });
  }
  const times = { changedFrom: changes[1]?.at, changedUntil: changes[4]?.at };
  const listed: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof other.ledger.listJobs>> = await other.ledger.listJobs(
      ['held', 'queued'],
      { ...times, limit: 1, cursor },
    );
    listed.push(...page.jobs.map(({ jobId }) => jobId));
    cursor = page.cursor;
  } while (cursor !== null);
  expect(listed).toEqual(
    changes
      .slice(1, 5)
      .map(({ jobId }) => jobId)
      .toReversed(),
  );
  await other.close();
});

it.each([
  ['text', 'text'],
  [
    'another list',
    Buffer.from('{"queued":{"pk":"a","sk":"b","statusIndex":"held","updatedAt":"c"}}').toString('base64url'),
  ],
  ['no position', Buffer.from('{"queued":3}').toString('base64url')],
])('refuses a cursor that is %s', async (_, cursor) => {
  await expect(table.ledger.listJobs('queued', { cursor })).rejects.toMatchObject({ code: 'bad-cursor' });
});

it('lists queued jobs of all phases in one order, page by page', async () => {
  const other = await openTestLedger();
  const wanted: string[] = [];
  for (let index = 0; index < 9; index += 1) {
    // Some change at the same time.
    if (index < 6) other.clock.advance(1);
    const { jobId } = (await other.ledger.createJob(testJob({ versionId: `${index}` }, other.clock.now())))
      .job;
    if (index % 3 === 1)
      await other.ledger.advance(jobId, { kind: 'launch-planned', launch: testLaunch(jobId) });
    if (index % 3 === 2) {
      await other.ledger.advance(jobId, { kind: 'place-awaited', attempt: 0, reason, capacity: 'spot' });
    }
    wanted.push(jobId);
  }
  const read = async (limit: number, oldestFirst: boolean) => {
    const listed: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof other.ledger.listJobs>> = await other.ledger.listJobs('queued', {
        ...{ limit, cursor, oldestFirst },
      });
      expect(page.jobs.length).toBeLessThanOrEqual(limit);
      listed.push(...page.jobs.map(({ jobId }) => jobId));
      cursor = page.cursor;
    } while (cursor !== null);
    return listed;
  };
  for (const limit of [1, 2, 4, 100]) {
    expect((await read(limit, true)).slice(0, 5)).toEqual(wanted.slice(0, 5));
    expect((await read(limit, false)).slice(4)).toEqual(wanted.slice(0, 5).toReversed());
    expect((await read(limit, false)).toSorted()).toEqual(wanted.toSorted());
  }
  for (const phase of ['queued', 'delayed', 'starting'] as const) {
    expect(await other.ledger.listWholePhase(phase)).toHaveLength(3);
  }
  await other.close();
});

it('sets an expiry time only on finished jobs without pending events', async () => {
  const { jobId } = await created('expiry');
  expect(await itemOf(jobId)).not.toHaveProperty('expiresAt');
  const failed = await table.ledger.advance(jobId, { kind: 'failed', attempt: 0, reason });
  expect(await itemOf(jobId)).not.toHaveProperty('expiresAt');
  const eventIds = failed.job.owed.map((event) => event.eventId);
  await table.ledger.advance(jobId, { kind: 'announced', eventIds });
  const publishedAt = Date.parse(table.clock.now()) / 1_000;
  expect(await itemOf(jobId)).toHaveProperty('expiresAt', publishedAt + 90 * 86_400);
  await table.ledger.advance(jobId, { kind: 'retried' });
  expect(await itemOf(jobId)).not.toHaveProperty('expiresAt');
});
