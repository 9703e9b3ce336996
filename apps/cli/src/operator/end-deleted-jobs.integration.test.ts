import { openTestLedger, type TestLedger } from '@fyrestream/cloud/test/open-test-ledger';
import { testJob, testUpload } from '@fyrestream/cloud/test/test-jobs';
import { orderOfUpload, type Upload } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endDeletedJobs } from './end-deleted-jobs.ts';

let table: TestLedger;
beforeAll(async () => {
  table = await openTestLedger();
});
afterAll(() => table.close());

async function admit(upload: Upload) {
  const { job } = await table.ledger.createJob(testJob(upload));
  await table.ledger.recordUpload(upload);
  return { jobId: job.jobId, order: orderOfUpload(upload) };
}

it('the deletion of the published version by its job ends an edition that keeps from it, that of another job does not', async () => {
  const first = testUpload({ key: 'videos/edition.mov', sizeBytes: 1_000 });
  const older = await admit({ ...first, versionId: 'v0', sequencer: '0001' });
  const published = await admit(first);
  await table.ledger.claimOutput(first, 1);
  const edition = await admit({ ...first, edition: 1 });
  const newer = await admit({ ...first, versionId: 'v2', sequencer: '00B2' });
  const stack = { ledger: table.ledger, sender: { send: async () => undefined } } as unknown as Stack;
  const cancelledBy = async (version: typeof published) => {
    const deletion = { sourceKey: first.key, version, includesOlder: false };
    const output = await table.ledger.readOutput(first.key);
    return (await endDeletedJobs(stack, deletion, output, () => undefined)).cancelled;
  };
  expect(await cancelledBy(older)).toEqual([older.jobId]);
  expect(await cancelledBy(published)).toEqual([published.jobId, edition.jobId]);
  expect((await table.ledger.readJob(newer.jobId))?.status).toBe('queued');
});
