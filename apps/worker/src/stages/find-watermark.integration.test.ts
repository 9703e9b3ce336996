import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Watermark, watermarkSchema } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createScratch, type Scratch } from '../create-scratch.ts';
import type { JobContext } from '../job-context.ts';
import { createFfmpeg } from '../run-ffmpeg.ts';
import { fetchWatermark } from './fetch-watermark.ts';
import { findWatermark } from './find-watermark.ts';

/** Real images and real ffprobe in its sandbox; the store is in memory. */
const { signal } = new AbortController();
const watermark: Watermark = watermarkSchema.parse({ image: 'logo.png' });
const ffmpeg = createFfmpeg();
let folder: string;
let scratch: Scratch;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fyrestream-watermark-'));
  scratch = await createScratch(folder);
});
afterAll(async () => {
  await scratch.remove();
  await rm(folder, { recursive: true, force: true });
});

function draw(name: string, size: string): Buffer {
  const path = join(folder, name);
  const source = `testsrc2=s=${size}:r=1:d=2,format=rgb24`;
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, '-frames:v', '1', path]);
  return readFileSync(path);
}

/** A bucket whose object `watermarks/logo.png` has these versions, the last one present. */
function workWith(...versions: Buffer[]): JobContext {
  const facts = versions.map((bytes, index) => ({
    ...{ bytes, sizeBytes: bytes.length, versionId: `v${index + 1}` },
    etag: createHash('md5').update(bytes).digest('hex'),
  }));
  const find = ({ key, versionId }: { key: string; versionId?: string | null }) =>
    key === 'watermarks/logo.png'
      ? versionId
        ? facts.find((version) => version.versionId === versionId)
        : facts.at(-1)
      : undefined;
  const store = {
    head: async (address: { key: string }) => find(address) ?? null,
    readRange: async (address: { key: string }, start: number, end: number) =>
      (find(address)?.bytes ?? Buffer.alloc(0)).subarray(start, end + 1),
  };
  const job = { upload: { bucket: 'sources', key: 'videos/a.mov' } };
  return { store, scratch, ffmpeg, job } as unknown as JobContext;
}
const find = (work: JobContext) => findWatermark(work, { profile: 'studio', watermark }, signal);

it.each([
  ['png', 'png_pipe'],
  ['webp', 'webp_pipe'],
  ['jpg', 'jpeg_pipe'],
])('a %s has its size and the version that is used', async (extension, demuxer) => {
  const bytes = draw(`logo.${extension}`, '200x100');
  const { file, size } = await find(workWith(bytes));
  expect(size).toEqual({ width: 200, height: 100 });
  expect(file).toMatchObject({
    key: 'watermarks/logo.png',
    versionId: 'v1',
    sizeBytes: bytes.length,
    demuxer,
  });
});

it('every unit draws the version that was planned, also after it was replaced', async () => {
  const [first, second] = [draw('first.png', '200x100'), draw('second.png', '100x200')];
  const { file } = await find(workWith(first));
  const replaced = workWith(first, second);
  expect(readFileSync(await fetchWatermark(replaced, file, signal))).toEqual(first);
  const gone = workWith(second);
  await expect(fetchWatermark(gone, { ...file, versionId: null }, signal)).rejects.toMatchObject({
    ...{ code: 'watermark-unusable', retryable: false },
    message: expect.stringContaining('was replaced or deleted while the job ran; retry the job'),
  });
});

it.each([
  ['is missing', () => [], 'does not exist'],
  ['is empty', () => [Buffer.alloc(0)], 'is empty'],
  ['is a text', () => [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')], 'is none of these images'],
  [
    'has too many bytes',
    () => [Buffer.concat([draw('a.png', '64x64'), Buffer.alloc(4 * 1024 ** 2)])],
    'bytes, more than',
  ],
  ['is too wide', () => [draw('wide.png', '4098x16')], 'larger than 4096 x 4096'],
  ['is cut off', () => [draw('cut.png', '200x100').subarray(0, 900)], 'cannot be decoded'],
  ['has more pixels than its header may say', () => [hugePng()], 'cannot be decoded'],
])('an image that %s is refused with the field and the address named', async (_case, versions, why) => {
  await expect(find(workWith(...versions()))).rejects.toMatchObject({
    code: 'watermark-unusable',
    message: expect.stringMatching(
      new RegExp(
        `^watermark\\.image of the profile studio cannot be used: s3://sources/watermarks/logo\\.png .*${why}.*retry the job\\.$`,
      ),
    ),
    retryable: false,
  });
});

/** A header of 60,000 x 60,000 pixels, without data. */
function hugePng(): Buffer {
  const bytes = Buffer.from(draw('huge.png', '64x64'));
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  return bytes;
}
