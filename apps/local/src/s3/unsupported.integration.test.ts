import {
  CreateBucketCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/s3-conformance/conformance-target.ts';
import { openTestGateway, type TestGateway } from '../../test/s3-conformance/test-gateway.ts';

const Bucket = 'plain';
const notImplemented = { code: 'NotImplemented', status: 501 };

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

const object = { Bucket, Key: 'object' };
const customerKey = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: Buffer.alloc(32).toString('base64') };
const rule = { ID: 'expire', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } } as const;

describe('an unsupported operation', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['reading an ACL', () => s3.send(new GetObjectAclCommand(object))],
    ['reading tags', () => s3.send(new GetObjectTaggingCommand(object))],
    ['writing tags', () => s3.send(new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } }))],
    ['tags on a put', () => s3.send(new PutObjectCommand({ ...object, Body: 'x', Tagging: 'a=b' }))],
    [
      'encryption on a put',
      () => s3.send(new PutObjectCommand({ ...object, Body: 'x', ServerSideEncryption: 'AES256' })),
    ],
    ["a customer's key", () => s3.send(new GetObjectCommand({ ...object, ...customerKey }))],
    [
      'another storage class',
      () => s3.send(new PutObjectCommand({ ...object, Body: 'x', StorageClass: 'GLACIER' })),
    ],
    ['a bucket policy', () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{}' }))],
    [
      'a lifecycle',
      () =>
        s3.send(
          new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [rule] } }),
        ),
    ],
    [
      'If-None-Match of an ETag on a put',
      () => s3.send(new PutObjectCommand({ ...object, IfNoneMatch: '"0"' })),
    ],
  ])('gets a 501: %s', async (_name, call) => {
    expect(await refusalOf(call())).toEqual(notImplemented);
    const got = await s3.send(new GetObjectCommand(object));
    expect(await got.Body?.transformToString()).toBe('x');
  });

  it('gets a 400: a public ACL', async () => {
    const put = s3.send(new PutObjectCommand({ ...object, Body: 'y', ACL: 'public-read' }));
    expect(await refusalOf(put)).toEqual({ code: 'AccessControlListNotSupported', status: 400 });
  });
});
