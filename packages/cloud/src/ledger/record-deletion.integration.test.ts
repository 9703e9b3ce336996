import { dueAtOnce, jobIdOf, type Upload } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestLedger, type TestLedger } from '../../test/open-test-ledger.ts';
import { testVersions } from '../../test/test-jobs.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await openTestLedger();
});
afterAll(() => table.close());

const deletionOf = (upload: Upload, includesOlder: boolean) => ({
  sourceKey: upload.key,
  version: { jobId: jobIdOf(upload), order: { sequencer: upload.sequencer, uploadedAt: upload.uploadedAt } },
  includesOlder,
});
const ended = (...uploads: Upload[]) => new Set(uploads.map(jobIdOf));

it('unpublishes a key; the deleted version and older ones cannot claim its stable files any more, a newer one can', async () => {
  const { ledger } = table;
  const [first, second, third] = testVersions('videos/deleted.mov');
  for (const upload of [first, second]) {
    await ledger.recordUpload(upload);
    await ledger.claimOutput(upload, 1);
  }
  const deletion = deletionOf(second, true);
  const deleted = await ledger.recordDeletion(deletion, ended(second));
  expect(deleted).toMatchObject({
    published: null,
    deleted: { jobId: jobIdOf(second), isUnpublished: false },
    retired: expect.arrayContaining(
      [first, second].map((upload) => ({ jobId: jobIdOf(upload), token: 1, since: dueAtOnce })),
    ),
  });
  // Repeated after an interruption, it changes nothing.
  expect(await ledger.recordDeletion(deletion, ended(second))).toEqual(deleted);
  expect((await ledger.claimOutput(second, 2)).published).toBeNull();
  expect((await ledger.claimOutput(first, 1)).published).toBeNull();
  // What they stored is removed at once.
  expect((await ledger.readOutput(first.key))?.retired).toContainEqual({
    jobId: jobIdOf(second),
    token: 2,
    since: dueAtOnce,
  });
  expect((await ledger.recordUnpublished(deletion)).deleted?.isUnpublished).toBe(true);
  expect((await ledger.claimOutput(third, 1)).published?.jobId).toBe(jobIdOf(third));
});

it('records nothing while a job that may write stable files has not ended', async () => {
  const { ledger } = table;
  const [first] = testVersions('videos/publishing.mov');
  await ledger.recordUpload(first);
  const published = await ledger.claimOutput(first, 1);
  expect(await ledger.recordDeletion(deletionOf(first, true), ended())).toEqual(published);
});

it('an edition that was admitted and began its publication after the deletion was wanted has to end first', async () => {
  const { ledger } = table;
  const [first] = testVersions('videos/edition.mov');
  const edition = { ...first, edition: 1 };
  await ledger.claimOutput(first, 1);
  await ledger.recordUpload(edition);
  const published = await ledger.claimOutput(edition, 1);
  const deletion = deletionOf(first, true);
  expect(await ledger.recordDeletion(deletion, ended(first))).toEqual(published);
  const deleted = await ledger.recordDeletion(deletion, ended(first, edition));
  expect(deleted).toMatchObject({
    published: null,
    deleted: { jobId: jobIdOf(first) },
    retired: expect.arrayContaining(
      [first, edition].map((upload) => ({ jobId: jobIdOf(upload), token: 1, since: dueAtOnce })),
    ),
  });
});

it('keeps the published version when another version of the key is deleted, older or newer', async () => {
  const { ledger } = table;
  const [first, second, third] = testVersions('videos/kept.mov');
  for (const upload of [first, second]) await ledger.claimOutput(upload, 1);
  await ledger.recordUpload(third);
  for (const upload of [third, first]) {
    const { published, deleted } = await ledger.recordDeletion(deletionOf(upload, false), ended(upload));
    expect({ jobId: published?.jobId, deleted }).toEqual({ jobId: jobIdOf(second), deleted: undefined });
  }
  expect((await ledger.readOutput(first.key))?.retired).toEqual([
    { jobId: jobIdOf(first), token: 1, since: dueAtOnce },
  ]);
});

it('keeps a version that was published after the deleted one, also while the deletion is recorded', async () => {
  const { ledger } = table;
  const [first, second] = testVersions('videos/overtaken.mov');
  await ledger.claimOutput(first, 1);
  await ledger.claimOutput(second, 1);
  const { published, deleted } = await ledger.recordDeletion(deletionOf(first, true), ended(first));
  expect([published?.jobId, deleted?.jobId]).toEqual([jobIdOf(second), jobIdOf(first)]);
  const marked = await ledger.recordUnpublished(deletionOf(first, true));
  expect(marked.deleted?.isUnpublished).toBe(false);
});
