import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestLedger, type TestLedger, withLostAnswers } from '../../test/open-test-ledger.ts';
import { testJob } from '../../test/test-jobs.ts';
import { leaseSeconds } from './unit-items.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await openTestLedger();
});
afterAll(() => table.close());

const unitId = 'video-00001';
const jobIdFor = (name: string) => testJob({ versionId: name }).jobId;

async function claimed(jobId: string, owner: string) {
  const claim = await table.ledger.claimUnit({ jobId, unitId, owner });
  if (claim === null) throw new Error('the unit was expected to be free');
  return claim;
}

it('gives a unit to one of several workers', async () => {
  const jobId = jobIdFor('exclusive');
  const workers = Array.from({ length: 10 }, (_, index) =>
    table.ledger.claimUnit({ jobId, unitId, owner: `attempt-1-slot-${index}` }),
  );
  const claims = (await Promise.all(workers)).filter((claim) => claim !== null);
  expect(claims).toHaveLength(1);
  const [unit] = await table.ledger.listUnits(jobId);
  expect(unit).toMatchObject({ state: 'claimed', token: 1, owner: claims[0]?.owner, progress: 0 });
});

it('gives a unit to another worker only after its lease has expired', async () => {
  const jobId = jobIdFor('lease');
  await claimed(jobId, 'first');
  table.clock.advance(leaseSeconds);
  expect(await table.ledger.claimUnit({ jobId, unitId, owner: 'second' })).toBeNull();
  table.clock.advance(1);
  expect(await claimed(jobId, 'second')).toMatchObject({ token: 2, owner: 'second' });
});

it('gives a unit to another worker whose lease was recorded by a clock that was days ahead', async () => {
  const jobId = jobIdFor('jump');
  table.clock.advance(3 * 86_400);
  await claimed(jobId, 'first');
  table.clock.advance(-3 * 86_400);
  expect(await claimed(jobId, 'second')).toMatchObject({ token: 2, owner: 'second' });
});

it('a unit has the time of its last claim, and of the launch of its owner', async () => {
  const jobId = jobIdFor('times');
  await claimed(jobId, 'first');
  table.clock.advance(leaseSeconds + 1);
  const claimedAt = table.clock.now();
  const launchedAt = '2026-11-23T10:00:00.000Z';
  const claim = await table.ledger.claimUnit({ jobId, unitId, owner: 'second', launchedAt });
  table.clock.advance(5);
  if (claim !== null) await table.ledger.finishUnit(claim);
  expect(await table.ledger.listUnits(jobId)).toMatchObject([{ state: 'done', claimedAt, launchedAt }]);
});

it('keeps the unit of a worker that renews its lease', async () => {
  const jobId = jobIdFor('heartbeat');
  const claim = await claimed(jobId, 'first');
  for (const progress of [0.25, 0.5]) {
    table.clock.advance(leaseSeconds - 1);
    expect(await table.ledger.renewClaim(claim, { progress })).toBe(true);
  }
  expect(await table.ledger.claimUnit({ jobId, unitId, owner: 'second' })).toBeNull();
  expect((await table.ledger.listUnits(jobId))[0]).toMatchObject({ token: 1, progress: 0.5 });
});

it('refuses every write of a worker whose unit was claimed by another one', async () => {
  const jobId = jobIdFor('fencing');
  const outdated = await claimed(jobId, 'first');
  table.clock.advance(leaseSeconds + 1);
  const successor = await claimed(jobId, 'second');
  expect(await table.ledger.renewClaim(outdated, { progress: 0.9 })).toBe(false);
  expect(await table.ledger.finishUnit(outdated)).toBe(false);
  expect(await table.ledger.releaseClaim(outdated)).toBe(false);
  expect(await table.ledger.finishUnit(successor)).toBe(true);
  expect(await table.ledger.finishUnit(outdated)).toBe(false);
  expect((await table.ledger.listUnits(jobId))[0]).toMatchObject({ state: 'done', token: successor.token });
});

it('reads one unit of a job, and none that nobody has claimed', async () => {
  const jobId = jobIdFor('one-unit');
  const claim = await claimed(jobId, 'first');
  await table.ledger.claimUnit({ jobId, unitId: 'other', owner: 'first' });
  await table.ledger.finishUnit(claim, { videoUnits: 3 });
  expect(await table.ledger.readUnit(jobId, unitId)).toMatchObject({
    ...{ unitId, state: 'done', token: claim.token, videoUnits: 3 },
  });
  expect(await table.ledger.readUnit(jobId, 'unknown')).toBeNull();
  expect(await table.ledger.readUnit(jobIdFor('no-unit'), unitId)).toBeNull();
});

it('gives a finished unit to no worker and refuses writes about it', async () => {
  const jobId = jobIdFor('done');
  const claim = await claimed(jobId, 'first');
  expect(await table.ledger.finishUnit(claim)).toBe(true);
  table.clock.advance(10 * leaseSeconds);
  expect(await table.ledger.claimUnit({ jobId, unitId, owner: 'second' })).toBeNull();
  expect(await table.ledger.renewClaim(claim, { progress: 0.5 })).toBe(false);
  expect(await table.ledger.releaseClaim(claim)).toBe(false);
});

it('reports its own claim and its own end although the answers were lost', async () => {
  const jobId = jobIdFor('lost-answers');
  const ledger = table.over(withLostAnswers(table.documents));
  const claim = await ledger.claimUnit({ jobId, unitId, owner: 'first' });
  expect(claim).toMatchObject({ token: 1, owner: 'first' });
  if (claim === null) return;
  expect(await ledger.renewClaim(claim, { progress: 0.5 })).toBe(true);
  expect(await ledger.finishUnit(claim)).toBe(true);
});

it('gives a released unit to another worker at once, with a higher token', async () => {
  const jobId = jobIdFor('release');
  const claim = await claimed(jobId, 'first');
  expect(await table.ledger.releaseClaim(claim)).toBe(true);
  expect((await table.ledger.listUnits(jobId))[0]).toMatchObject({ state: 'open' });
  expect(await claimed(jobId, 'second')).toMatchObject({ token: 2 });
  expect(await table.ledger.renewClaim(claim, { progress: 0.1 })).toBe(false);
});

it('the progress of a unit does not fall when another worker claims it', async () => {
  const jobId = jobIdFor('progress');
  const first = await claimed(jobId, 'first');
  const pace = { speed: 2, etaSeconds: 1.5, tracks: { 'h264-240': 0.7 } };
  await table.ledger.renewClaim(first, { progress: 0.7, pace });
  await table.ledger.releaseClaim(first);
  expect((await table.ledger.listUnits(jobId))[0]).toMatchObject({ progress: 0.7, pace });
  expect(await claimed(jobId, 'second')).toMatchObject({ reported: { progress: 0.7, pace } });
  expect((await table.ledger.listUnits(jobId))[0]).toMatchObject({ progress: 0.7, pace });
  await table.ledger.reopenUnits(jobId);
  const [reopened] = await table.ledger.listUnits(jobId);
  expect(reopened).toMatchObject({ progress: 0 });
  expect(reopened).not.toHaveProperty('pace');
});

it('releases the claims of one owner only', async () => {
  const jobId = jobIdFor('release-of-one');
  const { ledger } = table;
  await ledger.claimUnit({ jobId, unitId: 'audio', owner: 'gone' });
  await ledger.claimUnit({ jobId, unitId: 'video-00001', owner: 'alive' });
  const done = await ledger.claimUnit({ jobId, unitId: 'plan', owner: 'gone' });
  if (done) await ledger.finishUnit(done);
  await ledger.releaseClaimsOf(jobId, 'gone');
  const states = Object.fromEntries((await ledger.listUnits(jobId)).map((unit) => [unit.unitId, unit.state]));
  expect(states).toEqual({ audio: 'open', plan: 'done', 'video-00001': 'claimed' });
});

it('opens every unit again and makes all claims void', async () => {
  const jobId = jobIdFor('reopen');
  const { ledger } = table;
  const plan = await ledger.claimUnit({ jobId, unitId: 'plan', owner: 'first' });
  if (plan) await ledger.finishUnit(plan);
  const atWork = await claimed(jobId, 'first');
  await ledger.reopenUnits(jobId);
  expect((await ledger.listUnits(jobId)).map((unit) => unit.state)).toEqual(['open', 'open']);
  expect(await ledger.finishUnit(atWork)).toBe(false);
  expect(await claimed(jobId, 'second')).toMatchObject({ token: atWork.token + 2 });
});

it('a job and its units are read by one request, also before the job has a record', async () => {
  const job = testJob({ versionId: 'read-together' });
  expect(await table.ledger.readJobWithUnits(job.jobId)).toEqual({ job: null, units: [] });
  await table.ledger.createJob(job);
  await claimed(job.jobId, 'first');
  let requests = 0;
  const send = (command: Parameters<typeof table.documents.send>[0]) => {
    requests += 1;
    return table.documents.send(command);
  };
  const read = await table.over({ send } as unknown as typeof table.documents).readJobWithUnits(job.jobId);
  expect(read).toMatchObject({ job: { jobId: job.jobId }, units: [{ unitId, owner: 'first' }] });
  expect(requests).toBe(1);
});
