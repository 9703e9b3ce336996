import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../../test/s3-conformance/conformance-target.ts';
import { testCredentials } from '../../test/s3-conformance/test-gateway.ts';

/* A real process, killed for good. Does not prove what a power cut leaves: the page cache survives a kill. */
const Bucket = 'videos';
const gatewayProcess = new URL('../../test/s3-conformance/gateway-process.ts', import.meta.url);
const kills = 3;

let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 's3-crash-'));
});
afterAll(() => rm(dataDirectory, { recursive: true, force: true }));

async function start() {
  const child: ChildProcess = fork(gatewayProcess, [dataDirectory]);
  const [endpoint] = (await once(child, 'message')) as [string];
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials: testCredentials, maxAttempts: 1 });
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    s3.destroy();
  };
  return { s3, kill };
}

const incoming = () => join(dataDirectory, 'buckets', Bucket, 'incoming');

async function unfinishedBytes(): Promise<number> {
  const files = await readdir(incoming());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(incoming(), file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Sends 8 MB and then waits: the put stays in progress until the process is killed. */
function endless(): Readable {
  let sent = 0;
  return new Readable({
    read() {
      if (sent++ < 128) this.push(Buffer.alloc(64 * 1024, sent));
    },
  });
}

const read = async (s3: S3Client, Key: string) =>
  await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('a killed gateway', () => {
  it('during a put has the old object or none, and no incomplete files', async () => {
    const first = await start();
    await first.s3.send(new CreateBucketCommand({ Bucket }));
    await first.s3.send(new PutObjectCommand({ Bucket, Key: 'replaced', Body: 'old' }));
    const puts = ['replaced', 'created'].map((Key) =>
      first.s3.send(new PutObjectCommand({ Bucket, Key, Body: endless(), ContentLength: 64 * 1024 ** 2 })),
    );
    const settled = Promise.allSettled(puts);
    while ((await unfinishedBytes()) < 8 * 1024 ** 2) await wait(20);
    await first.kill();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);

    const second = await start();
    expect(await read(second.s3, 'replaced')).toBe('old');
    expect((await refusalOf(read(second.s3, 'created'))).code).toBe('NoSuchKey');
    expect((await second.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
    expect(await readdir(incoming())).toEqual([]);
    await second.kill();
  });

  it('during many overwrites has only complete objects, and all acknowledged ones', async () => {
    for (let round = 0; round < kills; round++) {
      const running = await start();
      let acknowledged = -1;
      const storm = (async () => {
        for (let index = 0; ; index++) {
          const text = `${index} `.repeat(20_000);
          await running.s3.send(new PutObjectCommand({ Bucket, Key: `storm ${round}`, Body: text }));
          acknowledged = index;
        }
      })().catch(() => {});
      while (acknowledged < 5 + round) await wait(1);
      await running.kill();
      await storm;
      const again = await start();
      const got = await again.s3.send(new GetObjectCommand({ Bucket, Key: `storm ${round}` }));
      const text = (await got.Body?.transformToString()) ?? '';
      expect(got.ETag).toBe(`"${createHash('md5').update(text).digest('hex')}"`);
      const index = Number.parseInt(text, 10);
      expect(text).toBe(`${index} `.repeat(20_000));
      expect([acknowledged, acknowledged + 1]).toContain(index);
      await again.kill();
    }
  });
});
