import { fileURLToPath } from 'node:url';
import { admitJob, jobIdOf, stablePrefix, uploadKey, versionsPrefix } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPseudoTerminal } from './pseudo-terminal.ts';
import { makeClip, startCloud } from './start-cloud.ts';

const commandLine = fileURLToPath(new URL('../dist/main.mjs', import.meta.url));

let cloud: Awaited<ReturnType<typeof startCloud>>;
let stack: Stack;
beforeAll(async () => {
  cloud = await startCloud();
  stack = await cloud.openStack();
  await makeClip(cloud.folder, 'tiny.mp4', { size: '64x48', seconds: 1 });
});
afterAll(() => cloud.stop());

const headers = { contentType: 'video/mp4', cacheControl: 'no-store' };
const outputsBelow = async (prefix: string) =>
  (await stack.store.list(stack.outputBucket, prefix)).map(({ key }) => key);
const hasSource = async (name: string) =>
  (await stack.store.head({ bucket: stack.sourceBucket, key: uploadKey(name) })) !== null;

it('unpublishes a video, removes its files and its source, and is safe to repeat', async () => {
  const key = uploadKey('tiny.mp4');
  const uploaded = await cloud.run('upload', 'tiny.mp4', '--wait', '--json');
  const { jobId } = JSON.parse(uploaded.output);
  expect((await outputsBelow(stablePrefix(key))).length).toBe(3);

  const unasked = await cloud.run('delete', 'tiny.mp4');
  expect(unasked).toEqual({
    exitCode: 2,
    output: '',
    notes: `fyrestream: Unpublish ${key} and remove its files? Add --yes to do it.\n`,
  });
  expect((await outputsBelow(versionsPrefix)).length).toBeGreaterThan(4);

  const asked = openPseudoTerminal([commandLine, 'delete', 'tiny.mp4', '--data', 'data'], {
    ...{ columns: 120, rows: 10, cwd: cloud.folder },
  });
  await vi.waitFor(() => expect(asked.screen().join('')).toContain('remove its files? [y/N]'), 600_000);
  asked.type('n\r');
  expect(await asked.ended).toBe(2);
  expect(asked.screen().join('\n')).toContain('Nothing was deleted.');
  expect((await outputsBelow(stablePrefix(key))).length).toBe(3);

  const deleted = await cloud.run('delete', 'tiny.mp4', '--yes', '--json');
  expect(JSON.parse(deleted.output)).toEqual({
    ...{ key, jobId, published: null, cancelledJobIds: [], filesRemoved: true, source: 'kept' },
  });
  for (const prefix of [stablePrefix(key), versionsPrefix, `work/${jobId}/`]) {
    expect(await outputsBelow(prefix)).toEqual([]);
  }
  expect(await hasSource('tiny.mp4')).toBe(true);
  const repeated = await cloud.run('delete', jobId, '--source', '--yes');
  expect(repeated.output).toBe(`${key}: unpublished, files removed, source deleted\n`);
  expect(await hasSource('tiny.mp4')).toBe(false);
  // The ledger record stays, and says what the job did.
  expect((await stack.ledger.readJob(jobId))?.status).toBe('succeeded');
  expect((await cloud.run('job', jobId)).output).toMatch(
    /^deleted +this upload, or a newer one of its key$/m,
  );
  expect((await cloud.run('verify', jobId)).notes).toContain('they were deleted');
});

it('cancels the job of an upload that was not published yet; retry refuses a deleted job', async () => {
  const key = uploadKey('waiting.mp4');
  const address = { bucket: stack.sourceBucket, key };
  const { etag } = await stack.store.put(address, 'not read', headers);
  const head = await stack.store.head(address);
  const jobId = jobIdOf({ ...address, etag, versionId: head?.versionId ?? null });
  await vi.waitFor(async () => expect(await stack.ledger.readJob(jobId)).not.toBeNull(), 600_000);
  const { exitCode } = await cloud.run('delete', key, '--source', '--yes');
  expect(exitCode).toBe(0);
  expect(['cancelled', 'failed']).toContain((await stack.ledger.readJob(jobId))?.status);
  expect(await hasSource('waiting.mp4')).toBe(false);
  const retried = await cloud.run('retry', jobId);
  expect(retried).toMatchObject({ exitCode: 1, notes: expect.stringContaining('it was deleted') });
});

it.each([
  ['before its inspection', true],
  ['between its inspection and its launch', false],
])('F07 a source that is deleted %s ends its job with a reason', async (_, awaitsInspection) => {
  // The name of a system file, so that the event of S3 makes no job before the source is deleted.
  const address = { bucket: stack.sourceBucket, key: uploadKey(`.${awaitsInspection}.mp4`) };
  const { etag } = await stack.store.put(address, 'not read', headers);
  const facts = await stack.store.head(address);
  if (facts === null) expect.unreachable('it was stored');
  const { versionId, sizeBytes, lastModified: uploadedAt } = facts;
  const upload = { ...address, etag, versionId, sizeBytes, sequencer: null, uploadedAt };
  const jobId = jobIdOf(upload);
  const size = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
  await stack.store.removeUnchanged(address, etag);
  expect(await stack.store.head(upload)).not.toBeNull();
  await stack.ledger.createJob(
    admitJob({
      ...{ jobId, upload, size, awaitsInspection, capacity: 'spot', costEstimateUsd: null, refusal: null },
      at: new Date().toISOString(),
    }),
  );
  await stack.sender.send({ kind: 'job-due', jobId }, 0);
  await vi.waitFor(
    async () =>
      expect(await stack.ledger.readJob(jobId)).toMatchObject({
        status: 'failed',
        attempt: awaitsInspection ? 0 : 1,
        reason: {
          code: 'object-missing',
          message: `${upload.key} was deleted before it could be read.`,
          retryable: false,
        },
      }),
    { timeout: 600_000, interval: 100 },
  );
});
