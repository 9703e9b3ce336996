import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type QueueConfiguration,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { refusalOf } from '../../test/s3-conformance/conformance-target.ts';
import { openTestGateway, type TestGateway } from '../../test/s3-conformance/test-gateway.ts';
import type { S3GatewayOptions } from './create-s3-gateway.ts';

const Bucket = 'videos';
const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:uploads';
const uploads: QueueConfiguration = {
  Id: 'uploads',
  QueueArn,
  Events: ['s3:ObjectCreated:*'],
  Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'videos/' }] } },
};

let gateway: TestGateway | undefined;
let client: S3Client | undefined;
afterEach(async () => {
  client?.destroy();
  await gateway?.remove();
});

async function open(changes: Partial<S3GatewayOptions> = {}) {
  const opened = await openTestGateway(changes);
  gateway = opened;
  client = new S3Client({ ...opened.connection, maxAttempts: 1 });
  return { opened, s3: client };
}

async function configure(s3: S3Client, QueueConfigurations: QueueConfiguration[] = [uploads]) {
  const NotificationConfiguration = { QueueConfigurations };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
}

async function openConfigured(changes: Partial<S3GatewayOptions> = {}) {
  const both = await open(changes);
  await both.s3.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await both.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  await configure(both.s3);
  return both;
}

function recordsOf({ messages }: TestGateway) {
  return messages.flatMap(({ body }) => JSON.parse(body).Records ?? []);
}

describe('notifications', () => {
  it('send a test event when they are configured, and can be read', async () => {
    const { opened, s3 } = await openConfigured();
    expect(opened.messages).toHaveLength(1);
    expect(JSON.parse(opened.messages[0]?.body ?? '')).toEqual({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: expect.stringMatching(/^\d{4}-.*Z$/),
      Bucket,
      RequestId: expect.any(String),
      HostId: expect.any(String),
    });
    const got = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(got.QueueConfigurations).toEqual([
      { ...uploads, Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'videos/' }] } } },
    ]);
  });

  it('are sent for every way to create an object, and only below the prefix', async () => {
    const { opened, s3 } = await openConfigured();
    const Key = 'videos/Ärger & Co (1)/a b+c.mov';
    const put = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'elsewhere/x', Body: 'x' }));
    const CopySource = `${Bucket}/elsewhere/x`;
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'videos/copied', CopySource }));
    const params = { Bucket, Key: 'videos/parts', Body: Buffer.alloc(6 * 1024 ** 2) };
    await new Upload({ client: s3, params }).done();
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await vi.waitFor(() => expect(recordsOf(opened)).toHaveLength(3), 600_000);
    const records = recordsOf(opened);
    expect(records[0]).toEqual({
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      eventName: 'ObjectCreated:Put',
      userIdentity: { principalId: 'AIDATEST' },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': expect.any(String), 'x-amz-id-2': expect.any(String) },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'uploads',
        bucket: {
          name: Bucket,
          ownerIdentity: { principalId: expect.any(String) },
          arn: `arn:aws:s3:::${Bucket}`,
        },
        object: {
          key: 'videos/%C3%84rger+%26+Co+%281%29/a+b%2Bc.mov',
          size: 5,
          eTag: '5d41402abc4b2a76b9719d911017c592',
          versionId: put.VersionId,
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
      },
    });
    expect(records.map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Put',
      'ObjectCreated:Copy',
      'ObjectCreated:CompleteMultipartUpload',
    ]);
    const sequencers = records.map(({ s3: { object } }) => object.sequencer);
    expect(sequencers).toEqual([...sequencers].sort());
    expect(new Set(sequencers).size).toBe(3);
  });

  it('are kept while the queue does not accept them, and sent after a restart', async () => {
    const { opened, s3 } = await openConfigured();
    await opened.close();
    const { dataDirectory } = opened;
    const away = async () => Promise.reject(new Error('queue away'));
    const second = await open({ dataDirectory, deliverNotification: away });
    s3.destroy();
    await second.s3.send(new PutObjectCommand({ Bucket, Key: 'videos/a', Body: 'a' }));
    await second.s3.send(new PutObjectCommand({ Bucket, Key: 'videos/b', Body: 'b' }));
    await second.opened.close();
    second.s3.destroy();
    const third = await open({ dataDirectory });
    await vi.waitFor(() => expect(recordsOf(third.opened)).toHaveLength(2), 600_000);
    expect(recordsOf(third.opened).map(({ s3: { object } }) => object.key)).toEqual(['videos/a', 'videos/b']);
    await third.opened.close();
    third.s3.destroy();
    const fourth = await open({ dataDirectory });
    expect(fourth.opened.messages).toEqual([]);
  });

  it('are dropped at the start if their change never happened', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 's3-gateway-'));
    const first = await open({ dataDirectory });
    await first.s3.send(new CreateBucketCommand({ Bucket }));
    await first.opened.close();
    first.s3.destroy();
    const owed = {
      queueArn: QueueArn,
      body: '{}',
      bucket: Bucket,
      key: 'videos/a',
      versionId: 'null',
      sequence: 7,
    };
    const entry = { ...owed, order: 7, change: 'write', file: '7-0.json', confirmed: false };
    await writeFile(join(dataDirectory, 'outbox', 'messages', '7-0.json'), JSON.stringify(entry));
    const second = await open({ dataDirectory });
    expect(second.opened.messages).toEqual([]);
  });

  it('are refused where S3 refuses them', async () => {
    const refusing = async () => Promise.reject(new Error('no such queue'));
    const { s3 } = await open({ deliverNotification: refusing });
    await s3.send(new CreateBucketCommand({ Bucket }));
    expect(await refusalOf(configure(s3))).toEqual({ code: 'InvalidArgument', status: 400 });
    const overlapping = { ...uploads, Id: 'second', Events: ['s3:ObjectCreated:Put' as const] };
    expect((await refusalOf(configure(s3, [uploads, overlapping]))).code).toBe('InvalidArgument');
    const toTopic = {
      TopicConfigurations: [{ TopicArn: 'arn:aws:sns:us-east-1:0:t', Events: uploads.Events }],
    };
    const topic = new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: toTopic,
    });
    expect(await refusalOf(s3.send(topic))).toEqual({ code: 'NotImplemented', status: 501 });
    const got = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(got.QueueConfigurations).toBeUndefined();
  });
});
