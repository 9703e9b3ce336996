import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LadderConfig, ladderConfigSchema, type Trim } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeAudioCommand, type PlannedUnit, plannedRenditions, toArguments } from '../src/index.ts';
import { encodeUnits } from './encode-units.ts';
import { makeSource } from './fixtures/make-source.ts';
import { planSource } from './plan-source.ts';
import { runForBytes, runTool } from './run-tool.ts';

/**
 * Real sources, encoded by real ffmpeg: each frame shows its number in eight fields of black and white, and the audio is a sweep in
 * which no two moments sound the same. Both are read from what was encoded.
 */
const [width, height] = [256, 96];
const numbered = [0, 1, 2, 3, 4, 5, 6, 7]
  .map((bit) => `drawbox=${32 * bit}:0:32:ih:white:fill:enable='bitand(n\\,${2 ** bit})'`)
  .join(',');
const video = (rate: string, seconds: number, filters = 'null') => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `color=black:s=${width}x${height}:r=${rate}:d=${seconds},${numbered},${filters},format=yuv420p`,
  ],
];
const sampleRate = 48_000;
const sweep = (seconds: number) => [
  ...['-f', 'lavfi', '-i', `aevalsrc='0.5*sin(2*PI*(300*t+50*t*t))':s=${sampleRate}:d=${seconds}`],
];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '20'];
const ladder: LadderConfig = ladderConfigSchema.parse({
  ...{ version: 1, hdr: 'tone-map', audio: { bitrateBitsPerSecond: 128_000 } },
  ladders: [
    {
      ...{ codec: 'h264', speed: 'ultrafast' },
      rungs: [{ shortEdgePixels: height, constantRateFactor: 20, maximumBitrateBitsPerSecond: 1_000_000 }],
    },
  ],
});
const wholeVideo: PlannedUnit = { id: 'whole', kind: 'video', range: null };

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fyrestream-trim-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function encodeTrimmed(fileName: string, make: string[], trim: Trim) {
  const made = await makeSource({ fileName, make }, directory);
  const source = await planSource(made.path, made.directory, ladder, { unitSeconds: 6, trim });
  const units = source.plan.units.filter(({ kind }) => kind === 'video');
  const [{ id } = { id: '' }] = plannedRenditions(source.plan);
  const split = await encodeUnits(source, units, made.directory);
  const whole = await encodeUnits(source, [wholeVideo], made.directory);
  const numbersOf = async ({ bytes }: typeof split) => {
    const path = join(made.directory, 'joined.mp4');
    await writeFile(path, bytes.get(id) ?? Buffer.alloc(0));
    return readNumbers(path);
  };
  return {
    ...{ source, units, made, split },
    numbers: await numbersOf(split),
    wholeNumbers: await numbersOf(whole),
  };
}

/** The number in each frame. */
async function readNumbers(path: string): Promise<number[]> {
  const pixels = await runForBytes('ffmpeg', [
    ...[
      '-v',
      'error',
      '-i',
      path,
      '-fps_mode',
      'passthrough',
      '-vf',
      'extractplanes=y',
      '-f',
      'rawvideo',
      '-',
    ],
  ]);
  const frameBytes = width * height;
  return Array.from({ length: pixels.length / frameBytes }, (_, frame) =>
    [0, 1, 2, 3, 4, 5, 6, 7].reduce((number, bit) => {
      const luma = pixels[frame * frameBytes + (height / 2) * width + bit * 32 + 16] ?? 0;
      return number + (luma > 126 ? 2 ** bit : 0);
    }, 0),
  );
}

const range = (from: number, end: number) =>
  Array.from({ length: end - from }, (_, index) => (from + index) % 256);

it.each([
  [
    '25 frames per second',
    'constant.mp4',
    '25',
    25,
    ['-g', '12', '-bf', '2'],
    { from: 2.5, to: 18.2 },
    63,
    455,
  ],
  [
    '29.97 in MP4',
    'ntsc.mp4',
    '30000/1001',
    30_000 / 1001,
    ['-g', '12', '-bf', '2'],
    { from: 3.3, to: 16 },
    99,
    480,
  ],
  [
    '29.97 in milliseconds',
    'ntsc.mkv',
    '30000/1001',
    30_000 / 1001,
    ['-g', '12', '-bf', '2'],
    { from: 3.3, to: 16 },
    99,
    480,
  ],
  [
    'an open GOP in a transport stream',
    'open.ts',
    '25',
    25,
    ['-x264-params', 'open-gop=1:keyint=12:bframes=3', '-bf', '3'],
    { from: 2.52, to: 17 },
    63,
    425,
  ],
  [
    'a frame that is not at a whole millisecond',
    'exact.mp4',
    '24000/1001',
    24_000 / 1001,
    ['-g', '12'],
    { from: 5.005, to: 12.012 },
    120,
    288,
  ],
] as const)(
  '%s: first and last frame are the right ones, in several units and in one',
  async (_name, fileName, rate, framesPerSecond, gop, trim, first, end) => {
    // Independent of the plan: frames that begin in the trim.
    expect([first, end]).toEqual([
      Math.ceil(trim.from * framesPerSecond - 0.03),
      Math.ceil(trim.to * framesPerSecond - 0.03),
    ]);
    const make = [
      ...video(rate, 20),
      ...sweep(20),
      ...x264,
      ...gop,
      '-c:a',
      fileName.endsWith('.ts') ? 'mp2' : 'aac',
    ];
    const { numbers, wholeNumbers, units, split } = await encodeTrimmed(fileName, make, trim);
    expect(units.length).toBeGreaterThan(1);
    expect(split.inexactBecause).toBeNull();
    expect(numbers).toEqual(range(first, end));
    expect(wholeNumbers).toEqual(range(first, end));
    // What is before the trim is not decoded, except from the second key frame before.
    expect(units[0]?.range?.decodeFromSeconds).toBeGreaterThan(trim.from - 1.3);
  },
);

it('a variable rate: each output frame shows what the source shows at that time', async () => {
  // Every frame for two seconds, then one of seven, so that the trim begins and ends within a long one.
  const filters = "select='lt(n\\,50)+not(mod(n\\,7))'";
  const make = [...video('25', 10, filters), ...sweep(10), ...x264, '-fps_mode', 'vfr', '-c:a', 'aac'];
  const trim = { from: 4.11, to: 8.07 };
  const { numbers, wholeNumbers, source } = await encodeTrimmed('variable.mkv', make, trim);
  const { frameRate } = source.plan.video ?? { frameRate: { numerator: 1, denominator: 1 } };
  const shown = Array.from({ length: 250 }, (_, number) => number).filter(
    (number) => number < 50 || number % 7 === 0,
  );
  const wanted = numbers.map((_, index) => {
    const time = trim.from + (index * frameRate.denominator) / frameRate.numerator;
    // `fps` takes the nearest slot.
    const half = frameRate.denominator / frameRate.numerator / 2;
    return shown.findLast((number) => number / 25 <= time + half);
  });
  expect(numbers.length).toBe(
    Math.round(((trim.to - trim.from) * frameRate.numerator) / frameRate.denominator),
  );
  expect(numbers).toEqual(wanted);
  expect(wholeNumbers).toEqual(wanted);
  expect([numbers[0], numbers.at(-1)]).toEqual([98, 196]);
});

it.each([
  ['AAC in MP4', 'sync.mp4', ['-c:a', 'aac', '-b:a', '192k']],
  ['PCM in Matroska', 'sync.mkv', ['-c:a', 'pcm_s16le']],
  ['MP2 in a transport stream', 'sync.ts', ['-c:a', 'mp2', '-b:a', '256k']],
])(
  'audio begins with the sample that belongs to the first frame, and ends with the last one: %s',
  async (_name, fileName, codec) => {
    const trim = { from: 3.3, to: 7.9 };
    const make = [...video('30000/1001', 10), ...sweep(10), ...x264, '-g', '15', '-bf', '2', ...codec];
    const { numbers, source, made } = await encodeTrimmed(fileName, make, trim);
    expect([numbers[0], numbers.at(-1)]).toEqual([99, 236]);
    const target = join(made.directory, 'audio.mp4');
    await runTool(
      'ffmpeg',
      toArguments(
        encodeAudioCommand(source.plan, { sourcePath: source.sourcePath, targetFor: () => target }),
      ),
    );
    const encoded = await samplesOf(target);
    // Frame 99 begins at this time, where the sweep has its own frequency.
    const firstSample = Math.round(((99 * 1001) / 30_000) * sampleRate);
    const original = Float32Array.from({ length: encoded.length + 4_000 }, (_, index) => {
      const time = (firstSample - 2_000 + index) / sampleRate;
      return 0.5 * Math.sin(2 * Math.PI * (300 * time + 50 * time * time));
    });
    // 0.2 ms; Matroska and transport streams have times in 1 ms and 11 µs.
    const tolerance = fileName.endsWith('.mkv') ? 24 : 10;
    for (const at of [0.5, 4])
      expect(
        Math.abs(lagOf(encoded, original, Math.round(at * sampleRate))),
        `at ${at} s`,
      ).toBeLessThanOrEqual(tolerance);
    const lengthSeconds = ((237 - 99) * 1001) / 30_000;
    expect(source.plan.durationSeconds).toBeCloseTo(lengthSeconds, 3);
    // A frame of AAC has 1,024 samples.
    expect(Math.abs(encoded.length / sampleRate - lengthSeconds)).toBeLessThan(1_100 / sampleRate);
  },
);

/** The left channel as an encoder got it: what is decoded begins with it. */
async function samplesOf(path: string): Promise<Float32Array> {
  const bytes = await runForBytes('ffmpeg', [
    ...['-v', 'error', '-i', path, '-af', 'pan=mono|c0=c0', '-f', 'f32le', '-ar', `${sampleRate}`, '-'],
  ]);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 4)),
  );
}

/** By how many samples `encoded` is later than `original`, which begins 2,000 samples before it. */
function lagOf(encoded: Float32Array, original: Float32Array, at: number): number {
  let best = { lag: 0, product: Number.NEGATIVE_INFINITY };
  for (let lag = -1_500; lag <= 1_500; lag++) {
    let product = 0;
    for (let index = 0; index < 4_800; index++)
      product += (encoded[at + index] ?? 0) * (original[2_000 + at + index - lag] ?? 0);
    if (product > best.product) best = { lag, product };
  }
  return best.lag;
}
