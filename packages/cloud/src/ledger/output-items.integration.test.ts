import { jobIdOf, type Upload } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestLedger, type TestLedger, withLostAnswers } from '../../test/open-test-ledger.ts';
import { testUpload, testVersions } from '../../test/test-jobs.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await openTestLedger();
});
afterAll(() => table.close());

it('has the newest upload as the latest if the events arrive in reverse order', async () => {
  const [first, second, third] = testVersions('videos/reverse.mov');
  await table.ledger.recordUpload(third);
  await table.ledger.recordUpload(second);
  const output = await table.ledger.recordUpload(first);
  expect(output.latest.jobId).toBe(jobIdOf(third));
  expect(output.supersededJobIds).toEqual([jobIdOf(second), jobIdOf(first)]);
});

it('has the newest upload as the latest if the events arrive in order, and lists the superseded jobs', async () => {
  const [first, second, third] = testVersions('videos/order.mov');
  for (const upload of [first, second, third]) await table.ledger.recordUpload(upload);
  expect(await table.ledger.readOutput(first.key)).toMatchObject({
    latest: { jobId: jobIdOf(third) },
    supersededJobIds: [jobIdOf(first), jobIdOf(second)],
    published: null,
  });
  await table.ledger.removeSupersededJobIds(first.key, [jobIdOf(first)]);
  expect((await table.ledger.readOutput(first.key))?.supersededJobIds).toEqual([jobIdOf(second)]);
});

it('records an upload once, also with concurrent events and lost answers', async () => {
  const [upload] = testVersions('videos/repeated.mov');
  const ledgers = [table.ledger, table.over(withLostAnswers(table.documents)), table.ledger, table.ledger];
  await Promise.all(ledgers.map((ledger) => ledger.recordUpload(upload)));
  expect(await table.ledger.readOutput(upload.key)).toMatchObject({ version: 1, supersededJobIds: [] });
});

it('has the newest of several concurrent uploads as the latest', async () => {
  const uploads = Array.from({ length: 10 }, (_, index) =>
    testUpload({ key: 'videos/crowd.mov', versionId: `v${index}`, sequencer: `00F${index}` }),
  );
  await Promise.all(uploads.map((upload) => table.ledger.recordUpload(upload)));
  const output = await table.ledger.readOutput('videos/crowd.mov');
  expect(output?.latest.jobId).toBe(jobIdOf(uploads[9] as Upload));
  expect(output?.supersededJobIds.toSorted()).toEqual(uploads.slice(0, 9).map(jobIdOf).toSorted());
});

it('does not give the stable files to an older version', async () => {
  const [first, second] = testVersions('videos/publish.mov');
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

it('gives the stable files to the newest of several concurrent claims', async () => {
  const [first, second, third] = testVersions('videos/race.mov');
  await table.ledger.recordUpload(first);
  await Promise.all([third, first, second].map((upload) => table.ledger.claimOutput(upload, 1)));
  expect((await table.ledger.readOutput(first.key))?.published?.jobId).toBe(jobIdOf(third));
});

it('changes nothing if the stable files are claimed again with the same token', async () => {
  const [upload] = testVersions('videos/again.mov');
  await table.ledger.recordUpload(upload);
  const taken = await table.ledger.claimOutput(upload, 3);
  expect(await table.ledger.claimOutput(upload, 3)).toEqual(taken);
});

it('gives the stable files to a job whose upload was not recorded', async () => {
  const [upload] = testVersions('videos/unnoted.mov');
  expect(await table.ledger.claimOutput(upload, 1)).toMatchObject({
    latest: { jobId: jobIdOf(upload) },
    published: { jobId: jobIdOf(upload), token: 1 },
  });
});

it('reports a key without a record', async () => {
  await expect(table.ledger.removeSupersededJobIds('videos/unknown.mov', [])).rejects.toMatchObject({
    code: 'output-not-found',
    retryable: false,
  });
});

it('lists a replaced version as retired until its files are removed', async () => {
  const [first, second, third] = testVersions('videos/retire.mov');
  await table.ledger.claimOutput(first, 1);
  const gaveWayAt = table.clock.now();
  await table.ledger.claimOutput(third, 1);
  table.clock.advance(60);
  // An older version that is claimed twice, too late to be published.
  await table.ledger.claimOutput(second, 5);
  const output = await table.ledger.claimOutput(second, 5);
  expect(output.retired).toEqual([
    { jobId: jobIdOf(first), token: 1, since: gaveWayAt },
    { jobId: jobIdOf(second), token: 5, since: table.clock.now() },
  ]);
  const waiting = async (before: string) =>
    (await table.ledger.listOutputsWithRetiredVersions(before, 10)).map(({ sourceKey }) => sourceKey);
  expect(await waiting(gaveWayAt)).not.toContain(first.key);
  expect(await waiting(table.clock.now())).toContain(first.key);

  for (const version of output.retired) await table.ledger.deleteRetiredVersionEntry(first.key, version);
  table.clock.advance(60);
  expect(await waiting(table.clock.now())).not.toContain(first.key);
  expect(await table.ledger.readOutput(first.key)).toMatchObject({
    published: { jobId: jobIdOf(third) },
    retired: [],
  });
});

it('gives the stable files of a version to its edition, and to none after a deletion', async () => {
  const [first, second] = testVersions('videos/edition.mov');
  await table.ledger.recordUpload(first);
  await table.ledger.claimOutput(first, 1);
  const edition = { ...first, edition: 1 };
  const recorded = await table.ledger.recordUpload(edition);
  expect(recorded).toMatchObject({
    latest: { jobId: jobIdOf(edition), order: { edition: 1 } },
    published: { jobId: jobIdOf(first) },
    supersededJobIds: [jobIdOf(first)],
  });
  const published = await table.ledger.claimOutput(edition, 1);
  expect(published.published).toMatchObject({ jobId: jobIdOf(edition), order: { edition: 1 } });
  expect(published.retired.map(({ jobId }) => jobId)).toEqual([jobIdOf(first)]);
  expect((await table.ledger.claimOutput(first, 2)).published?.jobId).toBe(jobIdOf(edition));

  const version = { jobId: jobIdOf(edition), order: published.latest.order };
  const deletion = { sourceKey: first.key, version, includesOlder: true };
  await table.ledger.recordDeletion(deletion, new Set([jobIdOf(edition)]));
  expect((await table.ledger.claimOutput({ ...first, edition: 2 }, 1)).published).toBeNull();
  expect((await table.ledger.claimOutput(second, 1)).published?.jobId).toBe(jobIdOf(second));
});
