import { jobIdOf, type Upload } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestLedger, type TestLedger, withLostAnswers } from '../../test/open-test-ledger.ts';
import { testUpload } from '../../test/test-jobs.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await openTestLedger();
});
afterAll(() => table.close());

/** Versions of one key, oldest first: S3 orders them by their sequencers, whatever their length. */
function versionsOf(key: string): [Upload, Upload, Upload] {
  const version = (versionId: string, sequencer: string) => testUpload({ key, versionId, sequencer });
  return [version('v1', '0065A1'), version('v2', '0065A1B0'), version('v3', '0065B')];
}

it('has the newest upload as the latest, although the events come in reverse order', async () => {
  const [first, second, third] = versionsOf('videos/reverse.mov');
  await table.ledger.recordUpload(third);
  await table.ledger.recordUpload(second);
  const output = await table.ledger.recordUpload(first);
  expect(output.latest.jobId).toBe(jobIdOf(third));
  expect(output.supersededJobIds).toEqual([jobIdOf(second), jobIdOf(first)]);
});

it('has the newest upload as the latest in the right order too, and remembers whom it displaced', async () => {
  const [first, second, third] = versionsOf('videos/order.mov');
  for (const upload of [first, second, third]) await table.ledger.recordUpload(upload);
  expect(await table.ledger.readOutput(first.key)).toMatchObject({
    latest: { jobId: jobIdOf(third) },
    supersededJobIds: [jobIdOf(first), jobIdOf(second)],
    published: null,
  });
  await table.ledger.deleteSuperseded(first.key, [jobIdOf(first)]);
  expect((await table.ledger.readOutput(first.key))?.supersededJobIds).toEqual([jobIdOf(second)]);
});

it('notes the same upload once, however many tell of it and whatever answers are lost', async () => {
  const [upload] = versionsOf('videos/repeated.mov');
  const ledgers = [table.ledger, table.over(withLostAnswers(table.documents)), table.ledger, table.ledger];
  await Promise.all(ledgers.map((ledger) => ledger.recordUpload(upload)));
  expect(await table.ledger.readOutput(upload.key)).toMatchObject({ version: 1, supersededJobIds: [] });
});

it('agrees on the newest of many uploads that are noted at once', async () => {
  const uploads = Array.from({ length: 10 }, (_, index) =>
    testUpload({ key: 'videos/crowd.mov', versionId: `v${index}`, sequencer: `00F${index}` }),
  );
  await Promise.all(uploads.map((upload) => table.ledger.recordUpload(upload)));
  const output = await table.ledger.readOutput('videos/crowd.mov');
  expect(output?.latest.jobId).toBe(jobIdOf(uploads[9] as Upload));
  expect(output?.supersededJobIds.toSorted()).toEqual(uploads.slice(0, 9).map(jobIdOf).toSorted());
});

it('never gives the stable files to an older version', async () => {
  const [first, second] = versionsOf('videos/publish.mov');
  await table.ledger.recordUpload(second);
  await table.ledger.recordUpload(first);
  expect((await table.ledger.claimOutput(first, 4)).published).toMatchObject({
    jobId: jobIdOf(first),
    token: 4,
  });
  expect((await table.ledger.claimOutput(second, 2)).published?.jobId).toBe(jobIdOf(second));
  const afterwards = await table.ledger.claimOutput(first, 9);
  expect(afterwards.published).toMatchObject({ jobId: jobIdOf(second), token: 2 });
});

it('gives them to the newest of those that take them at once', async () => {
  const [first, second, third] = versionsOf('videos/race.mov');
  await table.ledger.recordUpload(first);
  await Promise.all([third, first, second].map((upload) => table.ledger.claimOutput(upload, 1)));
  expect((await table.ledger.readOutput(first.key))?.published?.jobId).toBe(jobIdOf(third));
});

it('changes nothing where they are taken again for the same token', async () => {
  const [upload] = versionsOf('videos/again.mov');
  await table.ledger.recordUpload(upload);
  const taken = await table.ledger.claimOutput(upload, 3);
  expect(await table.ledger.claimOutput(upload, 3)).toEqual(taken);
});

it('gives them to a job whose upload was never noted', async () => {
  const [upload] = versionsOf('videos/unnoted.mov');
  expect(await table.ledger.claimOutput(upload, 1)).toMatchObject({
    latest: { jobId: jobIdOf(upload) },
    published: { jobId: jobIdOf(upload), token: 1 },
  });
});

it('has nothing to forget of a key that it does not know', async () => {
  await expect(table.ledger.deleteSuperseded('videos/unknown.mov', [])).rejects.toMatchObject({
    code: 'output-not-found',
    retryable: false,
  });
});

it('retires who gives way, until his files are removed', async () => {
  const [first, second, third] = versionsOf('videos/retire.mov');
  await table.ledger.claimOutput(first, 1);
  const gaveWayAt = table.clock.now();
  await table.ledger.claimOutput(third, 1);
  table.clock.advance(60);
  // Too late to be published at all, and told so twice.
  await table.ledger.claimOutput(second, 5);
  const output = await table.ledger.claimOutput(second, 5);
  expect(output.retired).toEqual([
    { jobId: jobIdOf(first), token: 1, since: gaveWayAt },
    { jobId: jobIdOf(second), token: 5, since: table.clock.now() },
  ]);
  const waiting = async (before: string) =>
    (await table.ledger.listRetired(before, 10)).map(({ sourceKey }) => sourceKey);
  expect(await waiting(gaveWayAt)).not.toContain(first.key);
  expect(await waiting(table.clock.now())).toContain(first.key);

  for (const version of output.retired) await table.ledger.deleteRetired(first.key, version);
  table.clock.advance(60);
  expect(await waiting(table.clock.now())).not.toContain(first.key);
  expect(await table.ledger.readOutput(first.key)).toMatchObject({
    published: { jobId: jobIdOf(third) },
    retired: [],
  });
});
