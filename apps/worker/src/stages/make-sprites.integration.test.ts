import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTrackPackager, type VideoTrackManifest } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createScratch, type Scratch } from '../create-scratch.ts';
import type { JobContext } from '../job-context.ts';
import { createFfmpeg } from '../run-ffmpeg.ts';
import type { VersionFiles } from '../version-files.ts';
import { makeSprites } from './make-sprites.ts';

const execute = promisify(execFile);
let directory: string;
let scratch: Scratch;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-sprites-'));
  scratch = await createScratch(join(directory, 'scratch'));
});
afterAll(async () => {
  await scratch.remove();
  await rm(directory, { recursive: true });
});

/** Seven seconds with a key frame every two: a rendition, and its track manifest. */
async function makeRendition(): Promise<{ path: string; track: VideoTrackManifest }> {
  const path = join(directory, 'rendition.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=7,format=yuv420p'];
  const gops = ['-g', '50', '-keyint_min', '50', '-sc_threshold', '0', '-flags', '+cgop'];
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', ...gops];
  const fragments = ['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof+skip_trailer'];
  await execute('ffmpeg', ['-v', 'error', '-nostdin', ...source, ...encode, ...fragments, path]);
  const segmentDurationSeconds = { numerator: 6, denominator: 1 };
  const packager = createTrackPackager({ trackId: 'h264-180', kind: 'video', segmentDurationSeconds });
  packager.push(await readFile(path));
  packager.end();
  return { path, track: packager.manifest() as VideoTrackManifest };
}

/** Keeps the files of a version in memory. */
function collectFiles(): { files: VersionFiles; stored: Map<string, Buffer | string> } {
  const stored = new Map<string, Buffer | string>();
  const files = {
    async addFile(path: string, localPath: string) {
      stored.set(path, await readFile(localPath));
      return path;
    },
    async addText(path: string, text: string) {
      stored.set(path, text);
      return path;
    },
  } as VersionFiles;
  return { files, stored };
}

it('stores one thumbnail sheet and the cues that point to it', async () => {
  const { files, stored } = collectFiles();
  const work = { scratch, ffmpeg: createFfmpeg() } as JobContext;
  await makeSprites(work, files, await makeRendition(), new AbortController().signal);

  expect([...stored.keys()]).toEqual(['sprite-1.jpg', 'thumbnails.vtt']);
  expect(stored.get('thumbnails.vtt')).toContain(
    '00:00:06.000 --> 00:00:07.000\nsprite-1.jpg#xywh=160,90,160,90',
  );
  const sheet = stored.get('sprite-1.jpg');
  expect(sheet?.length).toBeGreaterThan(4000);
  expect(Buffer.from(sheet ?? '').readUInt16BE(0)).toBe(0xffd8);
});
