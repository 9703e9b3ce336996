import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LadderConfig, ladderConfigSchema, type Watermark, watermarkSchema } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  addWatermark,
  type EncodePlan,
  plannedRenditions,
  readWatermarkProbe,
  type WatermarkFile,
  watermarkProbeArguments,
} from '../src/index.ts';
import { planVideoUnits } from '../src/plan/plan-video-units.ts';
import { placeWatermark, type WatermarkPlace } from '../src/watermark/place-watermark.ts';
import { encodeUnits } from './encode-units.ts';
import { writeDisplayMatrix } from './fixtures/display-matrix.ts';
import { colourTags, fastH264, videoSource } from './fixtures/film.ts';
import { makeSource } from './fixtures/make-source.ts';
import { type PlannedSource, planSource } from './plan-source.ts';
import { runForBytes, runTool } from './run-tool.ts';

/** Real ffmpeg draws the image, in units as a worker does; every frame of every rung is decoded again. */
const ladderOf = (
  codecs: readonly ('h264' | 'hevc')[],
  hdr: LadderConfig['hdr'] = 'tone-map',
): LadderConfig =>
  ladderConfigSchema.parse({
    ...{ version: 1, hdr, audio: { bitrateBitsPerSecond: 64_000 } },
    ladders: codecs.map((codec) => ({
      ...{ codec, speed: 'ultrafast' },
      rungs: [240, 144, 96].map((shortEdgePixels) => ({
        ...{ shortEdgePixels, constantRateFactor: 12, maximumBitrateBitsPerSecond: 20_000 * shortEdgePixels },
      })),
    })),
  });

let directory = '';
let logoPath = '';
let logo: WatermarkFile;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-watermark-'));
  logoPath = join(directory, 'logo.png');
  // Opaque yellow at the left, at the right the same at half opacity; its transparent border is 10% on each side.
  const inside = 'between(X,20,179)*between(Y,10,89)';
  await runTool('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i'],
    `color=s=200x100,format=rgba,geq=r='255*${inside}':g='255*${inside}':b=0:a='${inside}*if(lt(X,100),255,128)'`,
    ...['-frames:v', '1', logoPath],
  ]);
  logo = { key: 'watermarks/logo.png', versionId: null, etag: '', sizeBytes: 1, demuxer: 'png_pipe' };
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function mark(plan: EncodePlan, watermark: Watermark): Promise<EncodePlan> {
  const { stdout } = await runTool('ffprobe', watermarkProbeArguments(logoPath, logo.demuxer));
  const size = readWatermarkProbe(stdout);
  expect(size).toEqual({ width: 200, height: 100 });
  return addWatermark(plan, { file: logo, size: size ?? { width: 0, height: 0 } }, watermark);
}

/** Frames of a rendition as luma, or as RGB. */
async function framesOf(bytes: Uint8Array, size: number, format: string): Promise<Uint8Array[]> {
  const path = join(directory, 'decoded.mp4');
  await writeFile(path, bytes);
  const all = await runForBytes('ffmpeg', [
    ...['-v', 'error', '-i', path, '-fps_mode', 'passthrough', '-pix_fmt', format, '-f', 'rawvideo', '-'],
  ]);
  return Array.from({ length: all.length / size }, (_, index) =>
    all.subarray(index * size, (index + 1) * size),
  );
}

/** Of pixels whose brightness differs between two frames in RGB; chroma has half the resolution. */
function differenceBox(left: Uint8Array, right: Uint8Array, width: number) {
  const box = { left: width, top: left.length, right: -1, bottom: -1 };
  for (let pixel = 0; pixel < left.length / 3; pixel++) {
    if (Math.abs(lumaOf(left, pixel) - lumaOf(right, pixel)) < 24) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

function lumaOf(frame: Uint8Array, pixel: number): number {
  const [red = 0, green = 0, blue = 0] = frame.subarray(3 * pixel, 3 * pixel + 3);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

async function encodeBoth(source: PlannedSource, marked: EncodePlan, units: EncodePlan['units']) {
  const own = await mkdtemp(join(directory, 'encode-'));
  const withIt = await encodeUnits({ ...source, plan: marked, watermarkPath: logoPath }, units, own);
  const without = await encodeUnits(source, units, own);
  return { withIt, without };
}

const grey = (size: string, seconds = 0.4) => [
  '-f',
  'lavfi',
  '-i',
  `color=0x606060:s=${size}:r=10:d=${seconds}`,
];

it.each([
  ['landscape', { fileName: 'wide.mp4', make: [...grey('426x240'), ...fastH264] }, 'bottom-right', 426 / 240],
  ['portrait', { fileName: 'tall.mp4', make: [...grey('240x426'), ...fastH264] }, 'top-left', 240 / 426],
  [
    'rotated',
    {
      fileName: 'turned.mp4',
      make: [...grey('426x240'), ...fastH264],
      patch: writeDisplayMatrix('turned90'),
    },
    'top-right',
    240 / 426,
  ],
] as const)(
  'the image is at its place in every frame of every rung of %s video',
  async (_shape, recipe, corner, aspect) => {
    const made = await makeSource({ ...recipe, make: [...recipe.make] }, directory);
    const source = await planSource(made.path, made.directory, ladderOf(['h264']));
    const watermark = watermarkSchema.parse({ image: 'logo.png', corner, size: 0.4, margin: 0.1 });
    const marked = await mark(source.plan, watermark);
    const { withIt, without } = await encodeBoth(source, marked, source.plan.units);
    const renditions = plannedRenditions(marked);
    const [largest = { width: 0, height: 0 }] = renditions;
    expect(renditions.length).toBe(3);
    for (const { id, width, height } of renditions) {
      expect(Math.abs(width / height - aspect)).toBeLessThan(0.05);
      const [drawn, plain] = await Promise.all(
        [withIt, without].map(({ bytes }) => bytes.get(id) ?? Buffer.alloc(0)),
      );
      const frames = await framesOf(drawn ?? Buffer.alloc(0), 3 * width * height, 'rgb24');
      const plainFrames = await framesOf(plain ?? Buffer.alloc(0), 3 * width * height, 'rgb24');
      expect(frames.length).toBe(4);
      expect(plainFrames.length).toBe(4);
      const drawnPlace = placeWatermark({ width: 200, height: 100 }, largest, watermark);
      const place = scaled(drawnPlace, width / largest.width);
      for (const [index, frame] of frames.entries()) {
        const box = differenceBox(frame, plainFrames[index] ?? frame, width);
        // Without the transparent border.
        const wanted = {
          left: place.x + 0.1 * place.width,
          top: place.y + 0.1 * place.height,
          right: place.x + 0.9 * place.width - 1,
          bottom: place.y + 0.9 * place.height - 1,
        };
        for (const side of ['left', 'top', 'right', 'bottom'] as const)
          expect(Math.abs(box[side] - wanted[side]), `${id} ${side}`).toBeLessThanOrEqual(2);
        const at = (share: number) => {
          const pixel =
            Math.round(place.y + place.height / 2) * width + Math.round(place.x + share * place.width);
          return [...frame.subarray(3 * pixel, 3 * pixel + 3)];
        };
        // Yellow, and a mixture of it with the grey of 0x60.
        expectNear(at(0.3), [255, 255, 0], 14);
        expectNear(at(0.7), [176, 176, 48], 14);
      }
    }
  },
);

it('a fainter image mixes with the picture', async () => {
  const made = await makeSource(
    { fileName: 'faint.mp4', make: [...grey('426x240'), ...fastH264] },
    directory,
  );
  const source = await planSource(made.path, made.directory, ladderOf(['h264']));
  const watermark = watermarkSchema.parse({ image: 'logo.png', opacity: 0.25, size: 0.5 });
  const marked = await mark(source.plan, watermark);
  const { withIt } = await encodeBoth(source, marked, source.plan.units);
  const [{ id, width, height } = { id: '', width: 0, height: 0 }] = plannedRenditions(marked);
  const [frame] = await framesOf(withIt.bytes.get(id) ?? Buffer.alloc(0), 3 * width * height, 'rgb24');
  const place = placeWatermark({ width: 200, height: 100 }, { width, height }, watermark);
  const pixel = (place.y + place.height / 2) * width + place.x + Math.round(0.3 * place.width);
  // A quarter of yellow, three quarters of 0x60.
  expectNear([...(frame ?? Buffer.alloc(0)).subarray(3 * pixel, 3 * pixel + 3)], [136, 136, 72], 10);
});

it('a video in units has the same frames with it as the whole video, also the first and last of each', async () => {
  const make = [
    ...videoSource({ size: '320x180', rate: '30000/1001', seconds: 5 }),
    ...fastH264,
    '-g',
    '25',
    '-bf',
    '2',
  ];
  const made = await makeSource({ fileName: 'units.mp4', make }, directory);
  const planned = await planSource(made.path, made.directory, ladderOf(['h264']));
  const watermark = watermarkSchema.parse({ image: 'logo.png', size: 0.4 });
  const marked = { ...(await mark(planned.plan, watermark)), segmentSeconds: 2 };
  const { video } = marked;
  if (video === null) throw new TypeError('The source has no video.');
  const { units } = planVideoUnits({ ...marked, video }, planned.observations, 2);
  expect(units.length).toBe(3);
  const source = { ...planned, plan: { ...planned.plan, segmentSeconds: 2 } };
  const split = await encodeBoth(source, marked, units);
  const whole = await encodeBoth(source, marked, [{ id: 'whole', kind: 'video', range: null }]);
  expect(split.withIt.inexactBecause).toBeNull();
  expect(split.withIt.frames).toEqual(whole.withIt.frames);
  expect(split.without.frames).toEqual(whole.without.frames);
  // Every frame before its encoder, also those at the borders of units, differs from the plain one.
  expect(split.withIt.frames.length).toBe(150);
  expect(split.withIt.frames.filter((hash, index) => hash === split.without.frames[index])).toEqual([]);
});

it.each([
  ['pq', 'smpte2084', 573],
  ['hlg', 'arib-std-b67', 721],
])(
  'white of the image is graphics white where %s is kept, and white in the tone-mapped rungs',
  async (_range, transfer, code) => {
    const white = join(directory, 'white.png');
    await runTool('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      'color=white:s=200x100',
      '-frames:v',
      '1',
      white,
    ]);
    const make = [
      ...videoSource({
        size: '426x240',
        rate: '10',
        seconds: 0.4,
        pixelFormat: 'yuv420p10le',
        matrix: 'bt2020',
      }),
      ...[...colourTags('bt2020', transfer, 'bt2020nc'), '-c:v', 'libx265', '-preset', 'ultrafast'],
      ...['-x265-params', `log-level=error:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`],
    ];
    const made = await makeSource({ fileName: 'hdr.mp4', make }, directory);
    const source = await planSource(made.path, made.directory, ladderOf(['h264', 'hevc'], 'keep'));
    const watermark = watermarkSchema.parse({ image: 'logo.png', size: 0.5 });
    const marked = addWatermark(source.plan, { file: logo, size: { width: 200, height: 100 } }, watermark);
    expect(marked.video?.branches.map(({ id }) => id)).toEqual(['standard', 'high-dynamic-range']);
    const made2 = await encodeUnits(
      { ...source, plan: marked, watermarkPath: white },
      source.plan.units,
      made.directory,
    );
    for (const { id, width, height, codec } of plannedRenditions(marked)) {
      const frames = await framesOf(
        made2.bytes.get(id) ?? Buffer.alloc(0),
        3 * width * height,
        'yuv420p10le',
      );
      const place = placeWatermark({ width: 200, height: 100 }, { width, height }, watermark);
      const pixel = Math.round(place.y + place.height / 2) * width + Math.round(place.x + place.width / 2);
      for (const frame of frames) {
        const luma = (frame[2 * pixel] ?? 0) + 256 * (frame[2 * pixel + 1] ?? 0);
        expect(Math.abs(luma - (codec === 'h264' ? 940 : code)), id).toBeLessThanOrEqual(12);
      }
    }
  },
);

function scaled(place: WatermarkPlace, factor: number): WatermarkPlace {
  const { x, y, width, height } = place;
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

function expectNear(pixel: readonly number[], wanted: readonly number[], tolerance: number): void {
  const distance = Math.max(...pixel.map((part, index) => Math.abs(part - (wanted[index] ?? 0))));
  expect(distance, `${pixel} instead of ${wanted}`).toBeLessThanOrEqual(tolerance);
}
