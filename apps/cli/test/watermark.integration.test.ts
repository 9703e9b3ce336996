import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codecLadderSchema, watermarkSchema } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeClip, startCloud } from './start-cloud.ts';

/** A real cloud, its real worker and real ffmpeg: from the image on this machine to the published picture. */
const ladder = codecLadderSchema.parse({
  ...{ codec: 'h264', speed: 'ultrafast' },
  rungs: [240, 120].map((shortEdgePixels) => ({
    ...{ shortEdgePixels, constantRateFactor: 20, maximumBitrateBitsPerSecond: 10_000 * shortEdgePixels },
  })),
});
const watermark = watermarkSchema.parse({ image: 'brand/logo.png', corner: 'top-right', size: 0.3 });

let cloud: Awaited<ReturnType<typeof startCloud>>;

beforeAll(async () => {
  cloud = await startCloud({
    profiles: { default: { ladders: [ladder] }, marked: { watermark } },
    // One unit for each segment.
    unitSeconds: 6,
  });
  await makeClip(cloud.folder, 'clip.mp4', { seconds: 14 });
  ffmpeg('-f', 'lavfi', '-i', 'sine=duration=1', '-c:a', 'aac', 'sound.m4a');
  ffmpeg('-f', 'lavfi', '-i', 'color=0xff00ff:s=100x50', '-frames:v', '1', 'logo.png');
});
afterAll(() => cloud.stop());

const ffmpeg = (...argv: string[]) =>
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...argv], { cwd: cloud.folder, encoding: 'buffer' });

/** The mean colour of where the image belongs, in every frame of a file. */
function coloursOf(path: string): number[][] {
  // 96 x 48 of 320 x 240, 12 from the edges.
  const inside = 'crop=iw*80/320:ih*32/240:iw*220/320:ih*20/240,scale=1:1:flags=area';
  const pixels = ffmpeg('-i', path, '-vf', inside, '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-');
  return Array.from({ length: pixels.length / 3 }, (_, index) => [
    ...pixels.subarray(3 * index, 3 * index + 3),
  ]);
}
const isMagenta = ([red = 0, green = 0, blue = 0]: number[]) => red > 230 && green < 25 && blue > 230;

it('refuses what is no image, and an image whose name no profile could have', async () => {
  writeFileSync(join(cloud.folder, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  for (const [argv, why] of [
    [['logo.svg'], /logo\.svg is no PNG, WebP or JPEG/],
    [['gone.png'], /There is no file gone\.png/],
    [['logo.png', '--name', '/logo.png'], /must be a path below watermarks\//],
  ] as const) {
    const { exitCode, notes } = await cloud.run('watermark', ...argv);
    expect([exitCode, notes]).toEqual([2, expect.stringMatching(why)]);
  }
});

it('the image is in every frame of every rendition, in poster and thumbnails, and nowhere where it is off', async () => {
  const [early, sound] = await Promise.all([
    cloud.linesOf('upload', 'clip.mp4', '--profile', 'marked', '--wait'),
    cloud.linesOf('upload', 'sound.m4a', '--profile', 'marked', '--wait'),
  ]);
  // Nothing to draw on: not even the missing image matters.
  expect(sound[0]).toMatchObject({ status: 'succeeded' });
  const jobId = String(early[0]?.jobId);
  expect(early[0]).toMatchObject({
    status: 'failed',
    reason: {
      code: 'watermark-unusable',
      message: expect.stringMatching(
        /^watermark\.image of the profile marked .*watermarks\/brand\/logo\.png does not exist/,
      ),
    },
  });

  const put = await cloud.run('watermark', 'logo.png', '--name', 'brand/logo.png');
  expect(put).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining(
      'watermarks/brand/logo.png: profiles name it watermark: { image: brand/logo.png }',
    ),
  });
  await cloud.run('retry', jobId);
  const [off] = await cloud.linesOf(
    ...[
      'upload',
      'clip.mp4',
      '--prefix',
      'off',
      '--profile',
      'marked',
      '--option',
      'watermark=false',
      '--wait',
    ],
  );
  await cloud.run('watch', jobId);
  expect(off).toMatchObject({ status: 'succeeded' });
  // The image is no upload.
  expect((await cloud.linesOf('jobs')).length).toBe(3);

  for (const [id, folder, isDrawn] of [
    [jobId, 'with', true],
    [String(off?.jobId), 'without', false],
  ] as const) {
    expect(await cloud.run('download', id, folder)).toMatchObject({ exitCode: 0 });
    for (const rung of ['h264-240', 'h264-120']) {
      const colours = coloursOf(`${folder}/${rung}.mp4`);
      expect(colours.length).toBe(140);
      expect(colours.filter(isMagenta).length, `${folder} ${rung}`).toBe(isDrawn ? 140 : 0);
    }
    expect(coloursOf(`${folder}/poster.jpg`).map(isMagenta)).toEqual([isDrawn]);
  }
  // The first thumbnail of the first sheet.
  const thumbnail = (folder: string) =>
    ffmpeg('-i', `${folder}/sprite-1.jpg`, '-vf', 'crop=iw:ih', '-f', 'framemd5', '-');
  expect(thumbnail('with').equals(thumbnail('without'))).toBe(false);
});

it('an upload that wants a watermark of a profile without one fails with the option named', async () => {
  const [job] = await cloud.linesOf(
    'upload',
    'clip.mp4',
    '--prefix',
    'on',
    '--option',
    'watermark=true',
    '--wait',
  );
  expect(job).toMatchObject({
    status: 'failed',
    reason: {
      code: 'options-invalid',
      message: expect.stringContaining('options.watermark is true, but the profile default has no watermark'),
    },
  });
});
