import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { toServiceFault } from '@fyrestream/cloud';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openTestGateway } from '../test/s3-conformance/test-gateway.ts';
import { createTestDirectory, removeTestDirectory } from '../test/test-service-gateway.ts';
import { jobsTableDefinition } from './dynamodb/jobs-table-definition.ts';
import { openLocalDynamodb } from './dynamodb/open-local-dynamodb.ts';
import { createFileLog } from './local-log.ts';
import { openQueues } from './sqs/open-queues.ts';
import { startLocalCloud } from './start-local-cloud.ts';
import { localTopology } from './topology.ts';

let directory: string;
let disk: string | null;
beforeEach(() => {
  directory = createTestDirectory();
  disk = mountSmallDisk(join(directory, 'disk'));
});
afterEach(() => {
  if (disk !== null) execFileSync('umount', [disk]);
  removeTestDirectory(directory);
});

/** A file system of 100 MiB; null where this user may not mount one. */
function mountSmallDisk(path: string): string | null {
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=100m', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return null;
  }
}

const fill = (mebibytes: number) =>
  writeFileSync(join(disk ?? '', 'filler'), Buffer.alloc(mebibytes * 2 ** 20));
const free = () => rmSync(join(disk ?? '', 'filler'));

it('a full disk is answered with 503 by S3, DynamoDB and SQS, which go on when there is room', async (context) => {
  if (disk === null) return context.skip('A small disk cannot be mounted here.');
  const tables = await openLocalDynamodb(join(disk, 'tables'));
  await tables.ensureTable(jobsTableDefinition('jobs'));
  const queues = await openQueues({
    directory: join(disk, 'queues'),
    baseUrl: 'http://127.0.0.1:1',
    queues: [localTopology.queues.uploads],
  });
  const gateway = await openTestGateway({ dataDirectory: join(disk, 'objects') });
  const s3 = new S3Client({ ...gateway.connection, forcePathStyle: true, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket: 'films' }));
  const putObject = () => s3.send(new PutObjectCommand({ Bucket: 'films', Key: 'a', Body: 'film' }));
  const putItem = async () =>
    (
      await tables.call(
        'PutItem',
        JSON.stringify({ TableName: 'jobs', Item: { pk: { S: 'job#a' }, sk: { S: 'job' } } }),
      )
    ).status;
  const QueueUrl = `http://127.0.0.1:1/000000000000/${localTopology.queues.uploads.name}`;
  const sendMessage = async () =>
    (await queues.call('SendMessage', JSON.stringify({ QueueUrl, MessageBody: 'x' }), '127.0.0.1:1')).status;

  // Objects are refused first.
  fill(50);
  const failure = await putObject().catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
  expect(toServiceFault(failure)).toMatchObject({ code: 'service-unavailable', retryable: true });
  expect([await putItem(), await sendMessage()]).toEqual([200, 200]);
  fill(90);
  expect([await putItem(), await sendMessage()]).toEqual([503, 503]);
  free();
  await putObject();
  expect([await putItem(), await sendMessage()]).toEqual([200, 200]);
  s3.destroy();
  await gateway.close();
  await queues.close();
  await tables.close();
});

it('a local cloud on a full disk does not start, and says why in one sentence', async () => {
  const full = startLocalCloud({ dataDirectory: join(directory, 'data'), freeSpace: async () => 2 ** 20 });
  await expect(full).rejects.toMatchObject({
    code: 'disk-full',
    message: expect.stringMatching(
      /^The disk of .*data is full: 1 MiB are free, .* Make room, then start it again\.$/,
    ),
  });
});

it('a log on a full disk loses entries, not the process, and continues when there is room', async (context) => {
  if (disk === null) return context.skip('A small disk cannot be mounted here.');
  const path = join(disk, 'local.log');
  const log = createFileLog(path);
  fill(100);
  log.info({ text: 'x'.repeat(2 ** 20) }, 'lost');
  await vi.waitFor(() => expect(statSync(path).size).toBeLessThan(2 ** 20), 600_000);
  free();
  await vi.waitFor(() => {
    log.info({}, 'kept');
    expect(readFileSync(path, 'utf8')).toContain('"kept"');
  }, 600_000);
  await log.close();
});
