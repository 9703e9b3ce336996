import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, open, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ObjectStore } from '@fyrestream/cloud';
import { FyrestreamError, type Upload } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { estimateTestJob } from '../../test/estimate-test-job.ts';
import { createMediaReader } from '../media-info/read-media-info.ts';
import { createSourceInspector } from './inspect-source.ts';

const faults: unknown[] = [];
/** Without a short time limit, as a busy machine needs longer. */
const readMediaInfo = createMediaReader((fault) => void faults.push(fault), { timeoutMilliseconds: 600_000 });

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'inspect-source-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const seconds = 4;

async function film(name: string, options: string[]): Promise<string> {
  const path = join(directory, name);
  const sources = [
    ['-f', 'lavfi', '-i', `testsrc2=size=960x540:rate=5:duration=${seconds}`],
    ['-f', 'lavfi', '-i', `sine=duration=${seconds}`],
  ];
  await promisify(execFile)('ffmpeg', ['-v', 'error', ...sources.flat(), ...options, path]);
  return path;
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

/** A file as an object that is read in ranges; counts the bytes that were read. */
function objectOver(path: string) {
  const reads: number[] = [];
  const store = {
    async head() {
      const { size } = await stat(path);
      return {
        sizeBytes: size,
        etag: 'etag',
        versionId: 'v1',
        lastModified: '2026-01-02T03:04:05.000Z',
        metadata: {},
      };
    },
    async readRange(_address: unknown, start: number, end: number) {
      const handle = await open(path);
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(end - start + 1),
        0,
        end - start + 1,
        start,
      );
      await handle.close();
      reads.push(bytesRead);
      return buffer.subarray(0, bytesRead);
    },
  };
  return { store: store as unknown as ObjectStore, reads };
}

function uploadOf(name: string): Upload {
  return {
    bucket: 'videos',
    key: `videos/${name}`,
    versionId: 'v1',
    etag: 'etag',
    sizeBytes: 1,
    sequencer: '00A1',
    uploadedAt: '2026-01-02T03:04:05.000Z',
  };
}

/** Inspects an object as the invoker does, once its upload was chosen. */
async function inspect(store: ObjectStore, name: string) {
  const upload = uploadOf(name);
  const object = (await store.head(upload)) ?? expect.unreachable();
  const making = { profile: 'default', options: {} };
  return createSourceInspector(store, readMediaInfo, estimateTestJob)(upload, object, making);
}

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-pix_fmt', 'yuv420p'];

it.each([
  ['index-in-front.mp4', [...h264, '-movflags', '+faststart']],
  ['index-at-the-end.mov', h264],
  ['film.mkv', h264],
  ['film.webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-b:v', '4M', '-c:a', 'libopus']],
  ['film.ts', h264],
])('sizes %s by its first pieces', async (name, options) => {
  const { store, reads } = objectOver(await film(name, options));
  const { refusal, size, costEstimateUsd } = await inspect(store, name);
  expect(refusal).toBeNull();
  expect(size).toMatchObject({ cpuUnits: 1024 });
  expect(costEstimateUsd).toBeGreaterThan(0);
  expect(costEstimateUsd).toBeLessThan(0.05);
  expect(reads.length).toBeLessThanOrEqual(61);
  expect(Math.max(...reads)).toBeLessThanOrEqual(64 * 1024);
});

it('reads only small parts of a file of several gigabytes', async () => {
  const sizeBytes = 3 * 2 ** 30;
  const path = await film('vast.mp4', [...h264, '-movflags', '+faststart']);
  const filmBytes = (await stat(path)).size;
  // A `free` box with a 64-bit size (ISO 14496-12): the file is large but sparse.
  const box = Buffer.alloc(16);
  box.writeUInt32BE(1, 0);
  box.write('free', 4, 'latin1');
  box.writeBigUInt64BE(BigInt(sizeBytes - filmBytes), 8);
  await appendFile(path, box);
  await truncate(path, sizeBytes);
  const { store, reads } = objectOver(path);
  const { size } = await inspect(store, 'vast.mp4');
  expect(size.ephemeralStorageGiB).toBeGreaterThan(3);
  expect(reads.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(5 * 2 ** 20);
});

it('reads duration and frame size of a video', async () => {
  const path = await film('shape.mp4', h264);
  const { store } = objectOver(path);
  const shape = await readMediaInfo((await stat(path)).size, (from, to) =>
    store.readRange(uploadOf('shape.mp4'), from, to),
  );
  expect(shape).toMatchObject({ width: 960, height: 540 });
  expect(shape.durationSeconds).toBeCloseTo(seconds, 0);
});

it.each([
  ['F06 an empty file', 'empty.mp4', '', 'empty-file'],
  ['F06 a text', 'text.mp4', 'Dear diary, today I renamed a file.\n'.repeat(50), 'not-media'],
  [
    'F06 a PDF',
    'paper.mp4',
    `%PDF-1.7\n%${'\u00e2\u00e3'}\n1 0 obj\n<< /Type /Catalog >>\nendobj\n`,
    'not-media',
  ],
  ['F67 a playlist', 'playlist.mp4', '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n', 'playlist-not-media'],
  [
    'F69 a concat script',
    'script.mp4',
    "ffconcat version 1.0\nfile '../other/source'\n",
    'playlist-not-media',
  ],
])('refuses %s that calls itself a film', async (_case, name, content, code) => {
  const { store } = objectOver(await file(name, content));
  const { refusal, costEstimateUsd } = await inspect(store, name);
  expect(refusal).toMatchObject({ code, retryable: false });
  expect(refusal?.message).toMatch(/\.$/);
  expect(costEstimateUsd).toBeNull();
});

it('refuses an upload whose key is too long for the keys of its outputs', async () => {
  const { store, reads } = objectOver(await file('long-name.mp4', 'not read'));
  const { refusal } = await inspect(store, `${'n'.repeat(1010)}.mp4`);
  expect(refusal).toMatchObject({ code: 'key-too-long', retryable: false });
  expect(reads).toEqual([]);
});

it('accepts a file that it does not recognise; the worker decides', async () => {
  const noise = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919 + 13) % 251));
  const { store } = objectOver(await file('noise.bin', noise));
  const { refusal, size } = await inspect(store, 'noise.bin');
  expect(refusal).toBeNull();
  expect(size.cpuUnits).toBeGreaterThan(0);
});

it('F07 refuses an object that is archived or was deleted meanwhile, and throws other failures', async () => {
  const failing = async (code: string, retryable: boolean) => {
    const { store } = objectOver(await file('locked.mp4', 'not read'));
    const readRange = async () => {
      throw new FyrestreamError({ code, message: `It is ${code}.`, retryable });
    };
    return inspect({ ...store, readRange }, 'locked.mp4');
  };
  for (const code of ['object-archived', 'object-missing'])
    expect((await failing(code, false)).refusal).toMatchObject({ code });
  for (const code of ['service-throttled', 'object-access-denied'])
    await expect(failing(code, true)).rejects.toMatchObject({ code });
});

it.each([
  ['begins-late.mkv', h264],
  ['begins-late.webm', ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus']],
])('prices %s by its length, not by the time of day that its recorder wrote', async (name, options) => {
  const path = await film(`first-${name}`, options);
  const late = join(directory, name);
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-i', path, '-map', '0', '-c', 'copy', '-output_ts_offset', '1700000000', late],
  ]);
  const inspection = await inspect(objectOver(late).store, name);
  expect(inspection).toMatchObject({ refusal: null });
  expect(inspection.costEstimateUsd).toBeLessThan(0.1);
});
