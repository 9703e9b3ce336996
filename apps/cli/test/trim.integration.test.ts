import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codecLadderSchema } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCloud } from './start-cloud.ts';

/** A real cloud and its worker, which verifies what it made: trimmed uploads with captions, a poster time and several units. */
const ladder = codecLadderSchema.parse({
  ...{ codec: 'h264', speed: 'ultrafast' },
  rungs: [{ shortEdgePixels: 96, constantRateFactor: 20, maximumBitrateBitsPerSecond: 1_000_000 }],
});

let cloud: Awaited<ReturnType<typeof startCloud>>;
const ffmpeg = (...argv: string[]) =>
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...argv], { cwd: cloud.folder, encoding: 'buffer' });

beforeAll(async () => {
  cloud = await startCloud({ profiles: { default: { ladders: [ladder] } }, unitSeconds: 6 });
  const captions = [0, 4, 8, 12].map(
    (at) => `${at + 1}\n00:00:${pad(at)},000 --> 00:00:${pad(at + 3)},000\nat ${at}\n`,
  );
  writeFileSync(join(cloud.folder, 'inside.srt'), captions.join('\n'));
  writeFileSync(join(cloud.folder, 'film.en.srt'), captions.join('\n'));
  // Frames have the grey of their second.
  const picture = "color=s=256x96:r=25:d=20,format=gray,geq=lum='16+10*floor(T)',format=yuv420p";
  ffmpeg(
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=d=20', '-i', 'inside.srt'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '12',
      '-c:a',
      'aac',
      '-c:s',
      'srt',
      '-metadata:s:s:0',
      'language=de',
      'film.mkv',
    ],
  );
  ffmpeg('-i', 'film.mkv', '-c', 'copy', '-sn', 'film.ts');
  ffmpeg('-i', 'film.mkv', '-map', '0:a', '-c', 'copy', 'sound.m4a');
});
afterAll(() => cloud.stop());

const pad = (seconds: number) => `${seconds}`.padStart(2, '0');

/** The luma of each frame of a file, as it is stored. */
function greysOf(path: string): number[] {
  return [
    ...ffmpeg(
      '-i',
      path,
      '-vf',
      'extractplanes=y,crop=1:1:128:48',
      '-fps_mode',
      'passthrough',
      '-f',
      'rawvideo',
      '-',
    ),
  ];
}

/** Of what was published. */
async function secondsOf(job: Record<string, unknown> | undefined): Promise<number> {
  const [shown] = await cloud.linesOf('job', String(job?.jobId));
  return ((shown?.outputs ?? {}) as { durationSeconds: number }).durationSeconds;
}

const trimOption = (trim: object) => ['--option', `trim=${JSON.stringify(trim)}`];

it('what is published begins and ends at the frames of the trim, with its captions and its poster', async () => {
  const trim = trimOption({ from: 2.52, to: 17 });
  const [film, stream, sound, late] = await Promise.all([
    cloud.linesOf('upload', 'film.mkv', 'film.en.srt', ...trim, '--option', 'posterSeconds=9.5', '--wait'),
    cloud.linesOf('upload', 'film.ts', ...trim, '--wait'),
    cloud.linesOf('upload', 'sound.m4a', ...trim, '--wait'),
    cloud.linesOf('upload', 'film.mkv', '--prefix', 'late', ...trimOption({ from: 20 }), '--wait'),
  ]);
  expect(late[0]).toMatchObject({
    status: 'failed',
    reason: {
      code: 'options-invalid',
      message: expect.stringContaining('options.trim.from is 20, but the upload ends after 20.0'),
    },
  });
  for (const [job] of [film, stream, sound]) expect(job).toMatchObject({ status: 'succeeded', reason: null });
  const source = greysOf('film.mkv');
  for (const [folder, [job]] of [
    ['of-film', film],
    ['of-stream', stream],
  ] as const) {
    expect(await cloud.run('download', String(job?.jobId), folder)).toMatchObject({ exitCode: 0 });
    const greys = greysOf(`${folder}/h264-96.mp4`);
    // Frames 63 to 424.
    const wanted = source.slice(63, 425);
    expect(greys.length).toBe(362);
    expect(greys.filter((grey, index) => Math.abs(grey - (wanted[index] ?? 0)) > 3)).toEqual([]);
    expect(await secondsOf(job)).toBeCloseTo(362 / 25, 1);
  }
  // Second 9 of the source, whatever was cut off before it. JPEG has the full range.
  expect(
    Math.abs((greysOf('of-film/poster.jpg')[0] ?? 0) - ((source[237] ?? 0) - 16) * (255 / 219)),
  ).toBeLessThan(6);
  const captions = ['subtitles-1', 'subtitles-2'].map((track) =>
    readFileSync(join(cloud.folder, 'of-film', track, 'subtitles.vtt'), 'utf8'),
  );
  const cues =
    /00:00\.000 --> 00:00\.480\nat 0\n\n00:01\.480 --> 00:04\.480\nat 4\n\n00:05\.480 --> 00:08\.480\nat 8\n\n00:09\.480 --> 00:12\.480\nat 12\n/;
  for (const text of captions) expect(text).toMatch(cues);
  expect(await secondsOf(sound[0])).toBeCloseTo(17 - 2.52, 1);
});

it('a trim that ends before it begins is refused before anything is sent', async () => {
  const { exitCode, notes } = await cloud.run(
    'upload',
    'film.ts',
    '--prefix',
    'x',
    ...trimOption({ from: 5, to: 3 }),
  );
  expect([exitCode, notes]).toEqual([
    2,
    expect.stringMatching(/trim\.to: must be at least 0\.1 s later than from/),
  ]);
});
