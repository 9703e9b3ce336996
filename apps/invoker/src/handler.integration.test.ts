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
