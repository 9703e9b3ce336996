import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FyrestreamError } from '@fyrestream/events';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createScratch, type Scratch } from './create-scratch.ts';
import type { JobContext } from './job-context.ts';
import { openOutputSocket } from './open-output-socket.ts';
import { storeTrack } from './store-track.ts';

const claim = { jobId: 'a'.repeat(26), unitId: 'video-00001', token: 7, owner: 'test' };
const options = {
  trackId: 'h264-48',
  kind: 'video',
  segmentDurationSeconds: { numerator: 2, denominator: 1 },
} as const;
const segmentCount = 30;

/** A minute of fragmented MP4 with a key frame every two seconds, as ffmpeg writes it into a socket. */
let stream: Buffer;
let parent: string;
let scratch: Scratch;

beforeAll(async () => {
  const argv = [
    ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=64x48:rate=10:duration=${2 * segmentCount}`],
    ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '20', '-keyint_min', '20', '-bf', '0'],
    ['-movflags', '+cmaf+frag_keyframe+empty_moov+delay_moov', '-f', 'mp4', 'pipe:1'],
  ];
  const settings = { encoding: 'buffer', maxBuffer: 2 ** 28 } as const;
  ({ stdout: stream } = await promisify(execFile)('ffmpeg', argv.flat(), settings));
});
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'store-track-'));
  scratch = await createScratch(parent);
});
afterEach(async () => {
  await scratch.remove();
  await rm(parent, { recursive: true, force: true });
});

/** Only what `storeTrack` uses; the bucket is a function, so that a test can make it slow or fail. */
function workWith(put: (key: string) => Promise<void>): JobContext {
  const store = {
    put: async ({ key }: { key: string }) => {
      await put(key);
      return { etag: 'etag' };
    },
  };
  return { store, scratch, settings: { outputBucket: 'bucket' } } as unknown as JobContext;
}

async function* inChunks(bytes: Buffer, chunkBytes = 4_096) {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

it('stores every segment under its token, in the bucket and on the disk', async () => {
  const keys: string[] = [];
  const ends: number[] = [];
  const work = workWith(async (key) => void keys.push(key));
  const onSegmentEnd = (seconds: number) => ends.push(seconds);
  const media: number[] = [];
  const stored = await storeTrack(work, claim, {
    options,
    chunks: inChunks(stream),
    onSegmentEnd,
    onMedia: (seconds) => media.push(seconds),
  });
  const { manifest, fileHashes } = stored;
  expect(manifest).toMatchObject({ trackId: 'h264-48', frameCount: 600 });
  expect(manifest.segments).toHaveLength(segmentCount);
  const prefix = `work/${claim.jobId}/video-00001/7/h264-48/`;
  expect(keys.every((key) => key.startsWith(prefix))).toBe(true);
  expect(new Set(keys).size).toBe(segmentCount + 1);
  expect(await readdir(await scratch.path(prefix))).toHaveLength(segmentCount + 1);
  expect(ends.at(-1)).toBe(2 * segmentCount);
  expect(media).toEqual(media.toSorted((a, b) => a - b));
  expect(new Set(media).size).toBeGreaterThanOrEqual(segmentCount);
  expect(media.at(-1)).toBe(2 * segmentCount);
  for (const [name, sha256] of fileHashes) {
    const bytes = await readFile(await scratch.path(prefix, '..', name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
});

it('uploads four segments at a time and reads no more from ffmpeg meanwhile', async () => {
  const socketPath = scratch.socketPath('h264-48');
  const receiver = await openOutputSocket(socketPath, () => {});
  let uploading = 0;
  let max = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const work = workWith(async () => {
    uploading += 1;
    max = Math.max(max, uploading);
    await held;
    uploading -= 1;
  });
  const storing = storeTrack(work, claim, {
    options,
    chunks: receiver.chunks(),
    onSegmentEnd: () => {},
    onMedia: () => {},
  });
  const encoder = connect(socketPath);
  // Many times the buffer size of a socket.
  const much = Buffer.concat([stream, Buffer.alloc(16 * 1024 * 1024)]);
  encoder.on('error', () => {});
  encoder.write(much);
  while (uploading < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(max).toBe(4);
  expect(encoder.writableLength).toBeGreaterThan(8 * 1024 * 1024);
  release();
  encoder.destroy();
  await storing.catch(() => {});
  expect(max).toBe(4);
});

it('fails with the cause of a failed upload, without an unhandled rejection', async () => {
  const refused = new FyrestreamError({ code: 'object-access-denied', message: 'no', retryable: false });
  const unhandled: unknown[] = [];
  const listen = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', listen);
  const work = workWith(async (key) => {
    if (key.endsWith('.m4s')) throw refused;
  });
  // The upload fails while the encoder is between two chunks.
  async function* hesitantly() {
    for await (const chunk of inChunks(stream)) {
      yield chunk;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  await expect(
    storeTrack(work, claim, { options, chunks: hesitantly(), onSegmentEnd: () => {}, onMedia: () => {} }),
  ).rejects.toBe(refused);
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
});

it('fails if the stream ends inside a segment', async () => {
  const work = workWith(async () => {});
  const chunks = inChunks(stream.subarray(0, stream.length - 500));
  await expect(
    storeTrack(work, claim, { options, chunks, onSegmentEnd: () => {}, onMedia: () => {} }),
  ).rejects.toBeInstanceOf(FyrestreamError);
});

it('ends without bytes if ffmpeg did not connect', async () => {
  const receiver = await openOutputSocket(scratch.socketPath('nobody'), () => {});
  receiver.close();
  const received: Uint8Array[] = [];
  for await (const chunk of receiver.chunks()) received.push(chunk);
  expect(received).toEqual([]);
});
