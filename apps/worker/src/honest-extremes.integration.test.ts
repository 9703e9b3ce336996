import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultLadderConfig } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planLocalFile } from './plan-local-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-extremes-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** Makes a file with ffmpeg, and plans it. What it does not prove: that the plan is encoded. */
async function plan(name: string, argv: readonly string[]) {
  const path = join(directory, name);
  await promisify(execFile)('ffmpeg', ['-v', 'error', ...argv, path]);
  return (
    await planLocalFile(path, { ladder: defaultLadderConfig, unitSeconds: 48 }, new AbortController().signal)
  ).plan;
}
const video = (parameters: string) => ['-f', 'lavfi', '-i', `testsrc2=${parameters}`, '-c:v', 'mpeg4'];
const tone = (channels: number) => ['-f', 'lavfi', '-i', `sine=duration=0.3,pan=${channels}c|c0=c0`];

it('plans 8K', async () => {
  const { video: planned } = await plan('8k.mp4', video('size=7680x4320:rate=10:duration=0.2'));
  expect(planned?.branches[0]?.renditions[0]).toMatchObject({ width: 1920, height: 1080 });
});

it('plans 120 frames per second', async () => {
  const { video: planned, durationSeconds } = await plan(
    '120.mp4',
    video('size=64x48:rate=120:duration=0.5'),
  );
  expect(planned?.frameRate).toEqual({ numerator: 60, denominator: 1 });
  expect(durationSeconds).toBeCloseTo(0.5, 1);
});

it('plans twelve hours at a low bitrate', async () => {
  const { durationSeconds } = await plan('12h.mp4', [
    ...video('size=16x16:rate=1/4:duration=43200'),
    ...['-qscale:v', '31'],
  ]);
  expect(durationSeconds).toBeCloseTo(12 * 3_600, 0);
});

it('plans 16 audio tracks', async () => {
  const maps = Array.from({ length: 16 }, () => ['-map', '0:a']).flat();
  const { audio } = await plan('16.mkv', [...tone(1), ...maps, '-c:a', 'pcm_s16le']);
  expect(audio).toHaveLength(16);
});

it('mixes 24 channels to stereo', async () => {
  const { audio } = await plan('24.wav', [...tone(24), '-c:a', 'pcm_s16le']);
  expect(audio).toHaveLength(1);
});
