import { jobIdOf, type Upload } from '@fyrestream/events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openTestInvoker, type TestInvoker, uploadOf } from '../test/open-test-invoker.ts';
import { createInvoker } from './handler.ts';

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker();
});
afterEach(() => invoker.close());

it('an event of another bucket creates no job, supersedes none of the same key, and is logged', async () => {
  const receive = (upload: Upload) =>
    createInvoker(invoker.dependencies)({ kind: 'upload-received', upload });
  const ours = uploadOf('videos/holiday.mov');
  const foreign = { ...ours, bucket: 'videos-of-others', versionId: '2', sequencer: '0B' };
  await receive(ours);
  const output = await invoker.ledger.readOutput(ours.key);
  const warn = vi.spyOn(invoker.dependencies.log, 'warn');

  await receive(foreign);
  expect(await invoker.ledger.readJob(jobIdOf(foreign))).toBeNull();
  expect((await invoker.ledger.readJob(jobIdOf(ours)))?.status).toBe('queued');
  expect(await invoker.ledger.readOutput(ours.key)).toEqual(output);
  expect(invoker.messages.map(({ message }) => message)).toEqual([{ kind: 'job-due', jobId: jobIdOf(ours) }]);
  expect(warn.mock.calls).toEqual([[{ bucket: foreign.bucket, key: ours.key }, 'upload-of-another-bucket']]);
});

it('a remake becomes one job of the same object, unless that was deleted meanwhile', async () => {
  const handle = createInvoker(invoker.dependencies);
  const upload = uploadOf('videos/holiday.mov');
  await invoker.ledger.recordUpload(upload);
  await invoker.ledger.claimOutput(upload, 1);
  const edition = { ...upload, edition: 1, profile: 'default' };
  for (let times = 0; times < 2; times += 1) await handle({ kind: 'remake-requested', upload: edition });
  expect(await invoker.ledger.readJob(jobIdOf(edition))).toMatchObject({ status: 'queued', upload: edition });
  expect((await invoker.ledger.listJobs('queued')).jobs).toHaveLength(1);

  const warn = vi.spyOn(invoker.dependencies.log, 'warn');
  await handle({ kind: 'remake-requested', upload: edition });
  await handle({ kind: 'remake-requested', upload: { ...edition, profile: 'hevc' } });
  expect(await invoker.ledger.readJob(jobIdOf(edition))).toMatchObject({ upload: edition });
  expect(warn.mock.calls).toEqual([
    [{ jobId: jobIdOf(edition), profile: 'default', wanted: 'hevc' }, 'remake-by-another-profile-exists'],
  ]);

  const { latest } = (await invoker.ledger.readOutput(upload.key)) ?? {};
  if (latest === undefined) throw new TypeError('it was not recorded');
  const deletion = { sourceKey: upload.key, version: latest, includesOlder: true };
  await invoker.ledger.recordDeletion(deletion, new Set([jobIdOf(upload)]));
  await handle({ kind: 'remake-requested', upload: { ...edition, edition: 2 } });
  expect(await invoker.ledger.readJob(jobIdOf({ ...edition, edition: 2 }))).toBeNull();
});
