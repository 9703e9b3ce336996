import { jobIdOf } from '@fyrestream/events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startJob } from '../../test/launched-job.ts';
import { openTestInvoker, type TestInvoker, uploadOf } from '../../test/open-test-invoker.ts';
import { createJobForUpload } from '../admission/create-job-for-upload.ts';
import { createInvoker } from '../handler.ts';
import { createIsolation } from '../isolate-failures.ts';
import { deleteWithSource } from './delete-with-source.ts';

const upload = uploadOf('videos/a.mov');
const day = 86_400;

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker({ deleteAfterSourceDays: 3 });
});
afterEach(() => invoker.close());

const deletedIn = (bucket: string, key = upload.key) => ({
  kind: 'source-deleted',
  source: { bucket, key, deletedAt: invoker.table.clock.now() },
});
const listed = () => invoker.ledger.listDeletedSources('2099-01-01T00:00:00.000Z', 100);
async function run(): Promise<void> {
  const { isolate, failures } = createIsolation(invoker.dependencies.log);
  await deleteWithSource(invoker.dependencies, isolate);
  expect(failures).toEqual([]);
}

it('records nothing where what is published stays, and nothing of another bucket', async () => {
  const keeping = { ...invoker.settings, deleteAfterSourceDays: null };
  await createInvoker(invoker.with({ settings: keeping }))(deletedIn('videos'));
  await createInvoker(invoker.dependencies)(deletedIn('other'));
  expect(await listed()).toEqual([]);
  await createInvoker(invoker.dependencies)(deletedIn('videos'));
  expect(await listed()).toHaveLength(1);
});

it('waits while a job of the upload is active', async () => {
  const { job } = await startJob(invoker, 'a.mov');
  await invoker.ledger.claimOutput(upload, 1);
  await createInvoker(invoker.dependencies)(deletedIn('videos'));
  invoker.table.clock.advance(4 * day);
  await run();
  expect(await listed()).toHaveLength(1);
  expect((await invoker.ledger.readOutput(upload.key))?.deleted).toBeUndefined();

  const reason = { code: 'cancelled', message: 'Cancelled.', retryable: false };
  await invoker.ledger.advance(job.jobId, { kind: 'cancelled', reason });
  await run();
  expect(await listed()).toEqual([]);
  expect(await invoker.ledger.readOutput(upload.key)).toMatchObject({
    published: null,
    deleted: { jobId: jobIdOf(upload), isUnpublished: true },
  });
});

it('is done with an upload whose name was too long, of which nothing was published', async () => {
  const long = uploadOf(`videos/${'a'.repeat(1_011)}`);
  await createJobForUpload(invoker.dependencies, long);
  const deletedAt = invoker.table.clock.now();
  await invoker.ledger.recordDeletedSource({ sourceKey: long.key, deletedAt });
  invoker.table.clock.advance(4 * day);
  await run();
  expect(await listed()).toEqual([]);
});

it('goes on with others while the jobs of many work', async () => {
  for (let index = 0; index < 12; index += 1) {
    await createJobForUpload(invoker.dependencies, uploadOf(`videos/busy-${index}.mov`));
    await createInvoker(invoker.dependencies)(deletedIn('videos', `videos/busy-${index}.mov`));
  }
  await createInvoker(invoker.dependencies)(deletedIn('videos', 'videos/z.mov'));
  invoker.table.clock.advance(4 * day);
  await run();
  expect((await listed()).map(({ sourceKey }) => sourceKey)).not.toContain('videos/z.mov');
  expect(await listed()).toHaveLength(12);
});
