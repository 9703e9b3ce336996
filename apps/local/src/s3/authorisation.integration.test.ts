import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/s3-conformance/conformance-target.ts';
import { openTestGateway, type TestGateway } from '../../test/s3-conformance/test-gateway.ts';

const Bucket = 'videos';
const bucketArn = `arn:aws:s3:::${Bucket}`;
const accessDenied = { code: 'AccessDenied', status: 403 };

let gateway: TestGateway;
let s3: S3Client;
let denied: string[] = [];
let calls: string[] = [];

beforeAll(async () => {
  gateway = await openTestGateway({
    authorise: (_principal, action, resource) =>
      !denied.some((one) => one === action || one === `${action} ${resource}`),
    onCall: ({ principal, action, resource, allowed }) =>
      calls.push(`${principal.principalId} ${action} ${resource} ${allowed}`),
  });
  s3 = new S3Client({ ...gateway.connection, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' }));
});
beforeEach(() => {
  denied = [];
  calls = [];
});
afterAll(async () => {
  s3.destroy();
  await gateway.remove();
});

describe('authorisation', () => {
  it('checks the action and resource of the call, and records the result', async () => {
    await s3.send(new GetObjectCommand({ Bucket, Key: 'there' }));
    await refusalOf(s3.send(new GetObjectCommand({ Bucket, Key: 'there', VersionId: 'null' })));
    await s3.send(new ListBucketsCommand({}));
    expect(calls).toEqual([
      `AIDATEST s3:GetObject ${bucketArn}/there true`,
      `AIDATEST s3:GetObjectVersion ${bucketArn}/there true`,
      'AIDATEST s3:ListAllMyBuckets arn:aws:s3:::* true',
    ]);
  });

  it('refuses a call without permission, and changes nothing', async () => {
    denied = ['s3:PutObject'];
    expect(await refusalOf(s3.send(new PutObjectCommand({ Bucket, Key: 'new', Body: 'x' })))).toEqual(
      accessDenied,
    );
    expect(calls).toEqual([`AIDATEST s3:PutObject ${bucketArn}/new false`]);
    denied = [];
    expect((await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'new' })))).status).toBe(404);
  });

  it('reports a missing key only with permission to list', async () => {
    const get = () => refusalOf(s3.send(new GetObjectCommand({ Bucket, Key: 'missing' })));
    expect(await get()).toEqual({ code: 'NoSuchKey', status: 404 });
    denied = ['s3:ListBucket'];
    expect(await get()).toEqual(accessDenied);
    expect((await refusalOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'missing' })))).status).toBe(403);
    await s3.send(new GetObjectCommand({ Bucket, Key: 'there' }));
  });

  it('requires permission to read for a write that compares with the existing object', async () => {
    const put = (conditions: { IfMatch?: string; IfNoneMatch?: string }) =>
      refusalOf(s3.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'y', ...conditions })));
    denied = ['s3:GetObject'];
    expect(await put({ IfMatch: '"0"' })).toEqual(accessDenied);
    expect((await put({ IfNoneMatch: '*' })).code).toBe('PreconditionFailed');
  });

  it('checks the source and the target of a copy', async () => {
    const copy = () =>
      refusalOf(s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/there` })));
    denied = [`s3:GetObject ${bucketArn}/there`];
    expect(await copy()).toEqual(accessDenied);
    denied = [`s3:PutObject ${bucketArn}/copy`];
    expect(await copy()).toEqual(accessDenied);
  });

  it('checks each key of a batch', async () => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'keep', Body: 'x' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'remove', Body: 'x' }));
    denied = [`s3:DeleteObject ${bucketArn}/keep`];
    const Delete = { Objects: [{ Key: 'keep' }, { Key: 'remove' }] };
    const result = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));
    expect(result.Deleted).toEqual([{ Key: 'remove' }]);
    expect(result.Errors).toMatchObject([{ Key: 'keep', Code: 'AccessDenied' }]);
  });

  it('uses the permissions of the signer for a presigned URL', async () => {
    const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: 'there' }));
    expect((await fetch(url)).status).toBe(200);
    denied = ['s3:GetObject'];
    expect((await fetch(url)).status).toBe(403);
  });
});
