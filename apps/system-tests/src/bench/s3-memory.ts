import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { LocalConnection } from '@fyrestream/local';

/*
 * pnpm bench:s3-memory [GIB]: sends objects of several gigabytes (4) to the S3 of a local cloud, which runs in a process of its
 * own, and prints how much memory that process held at most.
 */
const gibibyte = 1024 ** 3;
const sizeBytes = Math.round(Number(process.argv[2] ?? 4) * gibibyte);
const sampleMillis = 100;

interface Row {
  readonly step: string;
  readonly 'MB/s': number;
  readonly 'RSS before (MB)': number;
  readonly 'RSS peak (MB)': number;
}

const dataDirectory = await mkdtemp(join(tmpdir(), 's3-memory-'));
const cloud = fork(new URL('../run-cloud.ts', import.meta.url), [dataDirectory]);
try {
  const [{ s3Url, region, credentials, environment }] = (await once(cloud, 'message')) as [LocalConnection];
  const client = new S3Client({ endpoint: s3Url, region, credentials, forcePathStyle: true });
  const Bucket = environment.FYRESTREAM_OUTPUT_BUCKET;
  const put = () =>
    client.send(
      new PutObjectCommand({ Bucket, Key: 'put', Body: zeros(sizeBytes), ContentLength: sizeBytes }),
    );
  const upload = () =>
    new Upload({
      client,
      params: { Bucket, Key: 'multipart', Body: zeros(sizeBytes) },
      partSize: 64 * 1024 ** 2,
    }).done();
  const get = async (Key: string, Range?: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...(Range && { Range }) }));
    await pipeline(Body as Readable, discard());
  };
  const half = Math.floor(sizeBytes / 2);
  // One put takes at most 5 GiB, in S3 as here.
  const rows = [
    ...(sizeBytes <= 5 * gibibyte ? [await measure('put', put), await measure('get', () => get('put'))] : []),
    await measure('multipart put', upload),
    await measure('get of multipart', () => get('multipart')),
    await measure('two ranged gets at once', () =>
      Promise.all([
        get('multipart', `bytes=0-${half - 1}`),
        get('multipart', `bytes=${half}-${sizeBytes - 1}`),
      ]),
    ),
  ];
  client.destroy();
  console.log(`Local S3, objects of ${(sizeBytes / gibibyte).toFixed(1)} GiB`);
  console.table(rows);
} finally {
  cloud.kill();
  await once(cloud, 'exit');
  await rm(dataDirectory, { recursive: true, force: true });
}

async function measure(step: string, run: () => Promise<unknown>): Promise<Row> {
  const before = await residentBytes();
  let peak = before;
  const sampler = setInterval(async () => {
    peak = Math.max(peak, await residentBytes());
  }, sampleMillis);
  const startedMillis = performance.now();
  await run();
  const seconds = (performance.now() - startedMillis) / 1000;
  clearInterval(sampler);
  return {
    step,
    'MB/s': Math.round(sizeBytes / 1e6 / seconds),
    'RSS before (MB)': Math.round(before / 1e6),
    'RSS peak (MB)': Math.round(peak / 1e6),
  };
}

/** Linux only: the resident set of the cloud's process. */
async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${cloud.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

function zeros(bytes: number): Readable {
  const piece = Buffer.alloc(256 * 1024);
  let remaining = bytes;
  return new Readable({
    highWaterMark: piece.length,
    read() {
      const next = Math.min(remaining, piece.length);
      remaining -= next;
      this.push(next === 0 ? null : piece.subarray(0, next));
    },
  });
}

function discard(): Writable {
  return new Writable({ highWaterMark: 1024 ** 2, write: (_piece, _encoding, done) => done() });
}
