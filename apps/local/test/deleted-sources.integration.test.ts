import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { jobIdOf, stablePrefix, type Upload, versionPrefix } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCloud, type TestCloud } from './pipeline/open-test-cloud.ts';
import { openInvoker } from './republish/open-invoker.ts';
import { publishSmallVersion } from './republish/publish-small-version.ts';
import { token } from './republish/small-version.ts';
import { eventually } from './test-service-gateway.ts';

const deleteAfterSourceDays = 3;
const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };

let test: TestCloud;
beforeAll(async () => {
  test = await openTestCloud({ deleteAfterSourceDays });
});
afterAll(() => test?.close());

/** Uploads bytes that are no video, so that its job is soon over, and publishes a version of it. */
async function publish(key: string, text = 'one'): Promise<Upload> {
  const { store, sourceBucket, ledger, settled } = test.pipeline;
  await store.put({ bucket: sourceBucket, key }, Buffer.from(text), delivery);
  const { etag, versionId } = (await store.head({ bucket: sourceBucket, key })) ?? expect.unreachable();
  const jobId = jobIdOf({ bucket: sourceBucket, key, etag, versionId });
  await eventually(async () => (await ledger.readJob(jobId)) ?? undefined);
  const { upload } = await settled(jobId);
  expect(await publishSmallVersion(test.pipeline, upload)).toBe('published');
  return upload;
}

const now = () => new Date(Date.now() + 1_000).toISOString();

/** Deletes the upload as any tool does, and waits until the event has arrived. */
async function deleteSource({ key }: Upload): Promise<void> {
  const { store, sourceBucket, ledger } = test.pipeline;
  await store.remove(sourceBucket, [key]);
  await eventually(async () =>
    (await ledger.listDeletedSources(now(), 100)).find((one) => one.sourceKey === key),
  );
}

const sweepIn = (days: number) =>
  openInvoker(test.cloud, test.pipeline, {
    ...{ days, deleteAfterSourceDays, oldVersionRetentionDays: 30 },
  })({ kind: 'sweep-requested' });

const filesOf = async (upload: Upload) => [
  ...(await test.pipeline.listOutputs(stablePrefix(upload.key))),
  ...(await test.pipeline.listOutputs(versionPrefix(jobIdOf(upload), token))),
];

it('what was published is deleted the set time after its upload, and not before', async () => {
  const [deleted, kept] = [await publish('videos/deleted.mp4'), await publish('videos/kept.mp4')];
  await deleteSource(deleted);
  const before = [await filesOf(deleted), await filesOf(kept)];
  expect(before[0]?.length).toBeGreaterThan(4);
  await sweepIn(deleteAfterSourceDays - 1);
  expect([await filesOf(deleted), await filesOf(kept)]).toEqual(before);

  await sweepIn(deleteAfterSourceDays + 1);
  expect([await filesOf(deleted), await filesOf(kept)]).toEqual([[], before[1]]);
  expect(await test.pipeline.ledger.readOutput(deleted.key)).toMatchObject({
    published: null,
    deleted: { jobId: jobIdOf(deleted), isUnpublished: true },
    retired: [],
  });
  expect(await test.pipeline.ledger.listDeletedSources(now(), 100)).toEqual([]);

  // The name can be used again.
  const again = await publish(deleted.key, 'two');
  await sweepIn(2 * deleteAfterSourceDays);
  expect((await filesOf(again)).length).toBeGreaterThan(4);
});

it('what was published stays if the upload is back in time, or a newer one is there', async () => {
  const { store, sourceBucket } = test.pipeline;
  const restored = await publish('videos/restored.mp4');
  const replaced = await publish('videos/replaced.mp4');
  for (const upload of [restored, replaced]) await deleteSource(upload);
  await store.put({ bucket: sourceBucket, key: restored.key }, Buffer.from('one'), delivery);
  const newer = await publish(replaced.key, 'two');
  await sweepIn(deleteAfterSourceDays + 1);
  for (const upload of [restored, newer]) expect((await filesOf(upload)).length).toBeGreaterThan(4);
  expect(await test.pipeline.ledger.listDeletedSources(now(), 100)).toEqual([]);
});

it('what was published stays if only an older version of its upload is removed for good', async () => {
  const first = await publish('videos/versions.mp4');
  const second = await publish(first.key, 'two');
  const { region, credentials, s3Url } = test.cloud.connection;
  const s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  const { sourceBucket, ledger } = test.pipeline;
  await s3.send(
    new DeleteObjectCommand({ Bucket: sourceBucket, Key: first.key, VersionId: String(first.versionId) }),
  );
  s3.destroy();
  await eventually(async () => (await ledger.listDeletedSources(now(), 100)).at(0));
  await sweepIn(deleteAfterSourceDays + 1);
  expect((await filesOf(second)).length).toBeGreaterThan(4);
  expect(await ledger.listDeletedSources(now(), 100)).toEqual([]);
});
