import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/s3-conformance/conformance-target.ts';
import { openTestGateway, type TestGateway } from '../../test/s3-conformance/test-gateway.ts';

const Bucket = 'plain';

let gateway: TestGateway;
let s3: S3Client;
beforeAll(async () => {
  gateway = await openTestGateway();
  s3 = new S3Client({ ...gateway.connection, forcePathStyle: true, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'object', Body: 'x' }));
});
afterAll(async () => {
  s3.destroy();
  await gateway.remove();
});

describe('buckets', () => {
  it('are created once, found, and removed when they are empty', async () => {
    const made = { Bucket: 'made.and-removed' };
    await s3.send(new CreateBucketCommand(made));
    expect(await refusalOf(s3.send(new CreateBucketCommand(made)))).toEqual({
      code: 'BucketAlreadyOwnedByYou',
      status: 409,
    });
    expect((await s3.send(new HeadBucketCommand(made))).BucketRegion).toBe('us-east-1');
    const location = await s3.send(new GetBucketLocationCommand(made));
    expect(location.LocationConstraint).toBeFalsy();
    expect((await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain(
      made.Bucket,
    );
    await s3.send(new PutObjectCommand({ ...made, Key: 'x', Body: 'x' }));
    expect(await refusalOf(s3.send(new DeleteBucketCommand(made)))).toEqual({
      code: 'BucketNotEmpty',
      status: 409,
    });
    await s3.send(new DeleteObjectCommand({ ...made, Key: 'x' }));
    await s3.send(new DeleteBucketCommand(made));
    expect((await refusalOf(s3.send(new HeadBucketCommand(made)))).status).toBe(404);
  });

  it.each(['UPPER', 'ab', 'a..b', '192.168.0.1', 'with_underscore'])('cannot be named %s', async (name) => {
    expect((await refusalOf(s3.send(new CreateBucketCommand({ Bucket: name })))).status).toBe(400);
  });

  it('without versioning replace and remove objects permanently', async () => {
    const key = { Bucket, Key: 'replaced' };
    expect((await s3.send(new PutObjectCommand({ ...key, Body: 'first' }))).VersionId).toBeUndefined();
    await s3.send(new PutObjectCommand({ ...key, Body: 'second' }));
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: key.Key }));
    expect(listed.Versions).toMatchObject([{ VersionId: 'null', Size: 6 }]);
    expect((await s3.send(new DeleteObjectCommand(key))).DeleteMarker).toBeUndefined();
    expect(
      (await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: key.Key }))).Versions,
    ).toBeUndefined();
  });

  it('with suspended versioning keep old versions and replace the null version', async () => {
    const suspended = { Bucket: 'suspended' };
    const key = { ...suspended, Key: 'x' };
    const set = (Status: 'Enabled' | 'Suspended') =>
      s3.send(new PutBucketVersioningCommand({ ...suspended, VersioningConfiguration: { Status } }));
    await s3.send(new CreateBucketCommand(suspended));
    expect((await s3.send(new GetBucketVersioningCommand(suspended))).Status).toBeUndefined();
    await s3.send(new PutObjectCommand({ ...key, Body: 'before' }));
    await set('Enabled');
    const { VersionId } = await s3.send(new PutObjectCommand({ ...key, Body: 'versioned' }));
    await set('Suspended');
    expect((await s3.send(new GetBucketVersioningCommand(suspended))).Status).toBe('Suspended');
    expect((await s3.send(new PutObjectCommand({ ...key, Body: 'after' }))).VersionId).toBe('null');
    const { Versions } = await s3.send(new ListObjectVersionsCommand(suspended));
    expect(Versions).toMatchObject([
      { VersionId: 'null', IsLatest: true, Size: 5 },
      { VersionId, IsLatest: false, Size: 9 },
    ]);
    expect(await s3.send(new DeleteObjectCommand(key))).toMatchObject({
      DeleteMarker: true,
      VersionId: 'null',
    });
    const got = await s3.send(new GetObjectCommand({ ...key, ...(VersionId && { VersionId }) }));
    expect(await got.Body?.transformToString()).toBe('versioned');
  });
});

describe('a restart', () => {
  it('keeps objects, versions and configuration', async () => {
    const key = { Bucket, Key: 'kept/ü 🎬.mov' };
    await s3.send(
      new PutObjectCommand({ ...key, Body: 'kept', ContentType: 'video/quicktime', Metadata: { a: 'b' } }),
    );
    const before = await s3.send(new ListObjectsV2Command({ Bucket }));
    await gateway.close();
    s3.destroy();
    gateway = await openTestGateway({ dataDirectory: gateway.dataDirectory });
    s3 = new S3Client({ ...gateway.connection, forcePathStyle: true, maxAttempts: 1 });
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toEqual(before.Contents);
    const got = await s3.send(new GetObjectCommand(key));
    expect(await got.Body?.transformToString()).toBe('kept');
    expect(got).toMatchObject({ ContentType: 'video/quicktime', Metadata: { a: 'b' } });
  });

  it('lets a reader finish an object that is deleted meanwhile', async () => {
    const key = { Bucket, Key: 'read while deleted' };
    const Body = Buffer.alloc(8 * 1024 ** 2, 7);
    await s3.send(new PutObjectCommand({ ...key, Body }));
    const got = await s3.send(new GetObjectCommand(key));
    await s3.send(new DeleteObjectCommand(key));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
  });
});
