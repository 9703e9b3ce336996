import {
  av1Ladder,
  defaultLadderConfig,
  encryptionSchema,
  hevcLadder,
  type LadderConfig,
  type PublishedRendition,
  watermarkSchema,
} from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { plannedRenditions } from '../plan/encode-plan.ts';
import type { Observations } from '../plan/observations.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { workOfSource } from '../size/encode-work.ts';
import { estimateCost } from '../size/estimate-cost.ts';
import { estimateCpuSeconds } from '../size/estimate-cpu.ts';
import { fargatePrices } from '../size/fargate-prices.ts';
import { sizeTask } from '../size/size-task.ts';
import { addWatermark } from '../watermark/add-watermark.ts';
import { addressTracks } from './address-tracks.ts';
import { forecastRemake } from './forecast-remake.ts';
import { recipeOf } from './recipe-of.ts';

const ladder = defaultLadderConfig;
const withLadders = (...ladders: LadderConfig['ladders']): LadderConfig => ({ ...ladder, ladders });
const h264 = ladder.ladders.find(({ codec }) => codec === 'h264');
if (h264?.codec !== 'h264') throw new TypeError('the default ladder has no H.264');
const image = {
  file: { key: 'watermarks/a.png', versionId: 'v1', etag: 'e', sizeBytes: 9, demuxer: 'png_pipe' },
  size: { width: 200, height: 100 },
} as const;

const hdr = { color_transfer: 'smpte2084', color_primaries: 'bt2020', color_space: 'bt2020nc' };
const sources = {
  film: factsOf([videoStream(), audioStream()]),
  small: factsOf([videoStream({ width: 1280, height: 534, bit_rate: '900000' }), audioStream()]),
  uhd: factsOf([videoStream({ width: 3840, height: 2160, bit_rate: '40000000' }), audioStream()]),
  hdr: factsOf([videoStream(hdr), audioStream()]),
  surround: factsOf([videoStream(), audioStream({ channels: 6, channel_layout: '5.1' })]),
  'five channels': factsOf([videoStream(), audioStream({ channels: 5, channel_layout: '5.0' })]),
  'six channels without a layout': factsOf([
    videoStream(),
    audioStream({ channels: 6, channel_layout: 'unknown' }),
  ]),
  'mono streams of 5.1': factsOf([
    videoStream(),
    ...['FL', 'FR', 'FC', 'LFE', 'SL', 'SR'].map((speaker, position) =>
      audioStream({ index: position + 1, channels: 1, channel_layout: `1 channels (${speaker})` }),
    ),
  ]),
  'in HDR, then in SDR': factsOf([videoStream(hdr), audioStream()]),
  silent: factsOf([videoStream()]),
  song: factsOf([audioStream({ index: 0 })]),
};
type Source = keyof typeof sources;
const keyFrame = {
  ...{ size: { width: 1920, height: 1080 }, pixelAspectRatio: null, orientation: null },
  ...{ isInterlaced: false, isTopFieldFirst: false },
};
const bt709 = { transfer: 'bt709', primaries: 'bt709', matrix: 'bt709' };
const pq = { transfer: 'smpte2084', primaries: 'bt2020', matrix: 'bt2020nc' };
const observations: Partial<Record<Source, Observations>> = {
  'in HDR, then in SDR': {
    keyFrames: [
      { ...keyFrame, ...pq, seconds: 0 },
      { ...keyFrame, ...bt709, seconds: 5 },
    ],
  },
};

function planOf(source: Source, config: LadderConfig) {
  const plan = planEncode(sources[source], observations[source] ?? {}, config);
  return config.watermark === 'off' ? plan : addWatermark(plan, image, config.watermark);
}

function made(source: Source, config: LadderConfig) {
  const recipe = recipeOf({ facts: sources[source], plan: planOf(source, config) }, config.watermark);
  return { sizeBytes: 5_000_000, outputs: { durationSeconds: 10, renditions: [], recipe } };
}

/** Of those with the same addresses in both plans. */
function keptByAddress(source: Source, before: LadderConfig, after: LadderConfig) {
  const origin = {
    upload: { bucket: 'videos', key: 'videos/a.mp4', versionId: 'v1', etag: 'e1' },
    toolVersions: { ffmpeg: '7.1' },
  };
  const [old, young] = [before, after].map((config) => addressTracks(planOf(source, config), origin));
  return Object.keys(young ?? {}).filter((id) => old?.[id] === young?.[id]);
}

it('keeps five renditions of H.264 where HEVC is added, and prices HEVC alone', () => {
  const forecast = forecastRemake(made('film', ladder), withLadders(h264, hevcLadder));
  expect(forecast).toMatchObject({
    kept: ['h264-1080', 'h264-720', 'h264-480', 'h264-360', 'h264-240'],
    encoded: ['hevc-1080', 'hevc-720', 'hevc-480', 'hevc-360', 'hevc-240'],
    keepsAudio: true,
    isUnchanged: false,
  });
  const everything = forecastRemake(made('film', withLadders({ ...h264, speed: 'fast' })), ladder);
  expect(everything.kept).toEqual([]);
  expect(forecast.work).toMatchObject({ audioTracks: 0, keptTracks: 6, sourceFrames: 300 });
  expect(forecast.work.renditions.map(({ codec }) => codec)).toEqual(Array(5).fill('hevc'));
  const both = forecastRemake(
    made('film', withLadders({ ...h264, speed: 'fast' })),
    withLadders(h264, hevcLadder),
  );
  expect(estimateCpuSeconds(forecast.work)).toBeLessThan(estimateCpuSeconds(both.work));
});

it('prices the task that the whole profile gets, and the time in which it reads what it keeps', () => {
  const rendition = (name: string, kind: PublishedRendition['kind'], sizeBytes: number) => ({
    ...{
      name,
      kind,
      codec: 'avc1',
      width: null,
      height: null,
      averageBitrateBitsPerSecond: 1,
      fileKey: null,
    },
    sizeBytes,
  });
  const film = made('film', ladder);
  const renditions = [
    rendition('h264-1080', 'video', 2_000_000_000),
    rendition('h264-9', 'video', 7_000_000_000),
    rendition('audio-1', 'audio', 500_000_000),
  ];
  const outputs = { ...film.outputs, renditions, durationSeconds: 3_600 };
  const hls = forecastRemake({ ...film, outputs }, { ...ladder, outputs: ['hls'] });
  expect(hls.work.keptBytes).toBe(2_500_000_000);
  const whole = workOfSource(
    { sizeBytes: film.sizeBytes, durationSeconds: 3_600, width: 1920, height: 1080 },
    ladder,
  );
  expect(sizeTask(hls.wholeWork)).toEqual(sizeTask(whole));
  expect(sizeTask(hls.wholeWork).cpuUnits).toBeGreaterThan(sizeTask(hls.work).cpuUnits);
  const prices = fargatePrices({ region: 'us-east-1', architecture: 'x86_64' });
  const { taskSeconds } = estimateCost(hls.work, sizeTask(whole), prices);
  const unread = estimateCost({ ...hls.work, keptBytes: 0 }, sizeTask(whole), prices);
  expect(taskSeconds - unread.taskSeconds).toBeCloseTo(100);
});

it('changes nothing where nothing changed, and decodes nothing where only files are left out', () => {
  expect(forecastRemake(made('film', ladder), ladder)).toMatchObject({ encoded: [], isUnchanged: true });
  const hls = forecastRemake(made('film', ladder), { ...ladder, outputs: ['hls'] });
  expect(hls).toMatchObject({ encoded: [], isUnchanged: false });
  expect(hls.work).toMatchObject({ sourceSize: null, sourceFrames: 0, renditions: [], keptTracks: 6 });
  expect(estimateCpuSeconds(hls.work)).toBe(0);
});

it('makes another watermark in every rendition, and leaves the audio', () => {
  const watermark = watermarkSchema.parse({ image: 'a.png' });
  const marked = { ...ladder, watermark };
  expect(forecastRemake(made('film', ladder), marked)).toMatchObject({ kept: [], keepsAudio: true });
  expect(forecastRemake(made('film', marked), marked)).toMatchObject({ encoded: [], isUnchanged: true });
  expect(
    forecastRemake(made('film', marked), { ...marked, watermark: { ...watermark, opacity: 0.5 } }).kept,
  ).toEqual([]);
});

it('encrypts what was not encrypted, and makes everything anew of what was', () => {
  const encryption = encryptionSchema.parse({
    ...{ method: 'AES-128', keyUrl: 'https://keys.example.com/{jobId}/{token}' },
  });
  const encrypted: LadderConfig = { ...ladder, encryption, outputs: ['hls'] };
  expect(forecastRemake(made('film', ladder), encrypted)).toMatchObject({ encoded: [], isUnchanged: false });
  expect(forecastRemake(made('film', encrypted), encrypted).isUnchanged).toBe(true);
  const clear = forecastRemake(made('film', encrypted), ladder);
  expect(clear).toMatchObject({ kept: [], keepsAudio: false, isUnchanged: false });
  expect(clear.work).toMatchObject({ audioTracks: 1, keptTracks: 0 });
});

it('encodes everything of a version that an earlier release made', () => {
  const rendition: PublishedRendition = {
    ...{ name: 'h264-1080', kind: 'video' as const, codec: 'avc1', width: 1920, height: 1080 },
    ...{ averageBitrateBitsPerSecond: 1, sizeBytes: 1, fileKey: null },
  };
  const outputs = { durationSeconds: 10, renditions: [{ ...rendition }] };
  const forecast = forecastRemake({ sizeBytes: 9, outputs }, ladder);
  expect(forecast).toMatchObject({ kept: [], keepsAudio: false, isUnchanged: false });
  expect(forecast.encoded).toContain('h264-1080');
  expect(forecast.work).toMatchObject({ durationSeconds: 10, audioTracks: 1 });
  expect(estimateCpuSeconds(forecast.work)).toBeGreaterThan(1);
  const song = { ...rendition, kind: 'audio' as const, width: null, height: null };
  const ofSong = forecastRemake({ sizeBytes: 9, outputs: { ...outputs, renditions: [song] } }, ladder);
  expect(ofSong).toMatchObject({ encoded: [], work: { sourceSize: null, renditions: [] } });
});

describe('keeps what the content addresses keep', () => {
  const watermark = watermarkSchema.parse({ image: 'a.png' });
  const configs: Record<string, LadderConfig> = {
    default: ladder,
    'with HEVC': withLadders(h264, hevcLadder),
    'with AV1 first': withLadders(av1Ladder, h264),
    'with HEVC in 4K': withLadders(h264, {
      ...hevcLadder,
      rungs: [
        { shortEdgePixels: 2160, constantRateFactor: 22, maximumBitrateBitsPerSecond: 16_000_000 },
        ...hevcLadder.rungs,
      ],
    }),
    'with two rungs of HEVC': withLadders(h264, { ...hevcLadder, rungs: hevcLadder.rungs.slice(1, 3) }),
    'with a rung between': withLadders(h264, {
      ...hevcLadder,
      rungs: [{ shortEdgePixels: 900, constantRateFactor: 25, maximumBitrateBitsPerSecond: 2_500_000 }],
    }),
    'HDR kept': { ...withLadders(h264, hevcLadder), hdr: 'keep' },
    slower: withLadders({ ...h264, speed: 'slow' }),
    'better audio': { ...ladder, audio: { ...ladder.audio, bitrateBitsPerSecond: 256_000 } },
    'as loud as it is': { ...ladder, audio: { ...ladder.audio, loudness: 'off' } },
    'with 5.1': { ...ladder, audio: { ...ladder.audio, surround: 'keep' } },
    'fewer outputs': { ...ladder, outputs: ['hls'] },
    'with a watermark': { ...ladder, watermark },
  };
  const all = Object.entries(configs);

  it.each(Object.keys(sources) as Source[])('%s', (source) => {
    const idsOf = (config: LadderConfig) => plannedRenditions(planOf(source, config)).map(({ id }) => id);
    const pairs = all.flatMap(([before, from]) => all.map(([after, to]) => ({ before, from, after, to })));
    for (const { before, from, after, to } of pairs) {
      const { kept, encoded, keepsAudio, isUnchanged } = forecastRemake(made(source, from), to);
      const byAddress = keptByAddress(source, from, to);
      const audio = planOf(source, to).audio.map(({ id }) => id);
      expect({ before, after, kept, encoded, keepsAudio }).toEqual({
        ...{ before, after },
        kept: idsOf(to).filter((id) => byAddress.includes(id)),
        encoded: idsOf(to).filter((id) => !byAddress.includes(id)),
        keepsAudio: audio.length === 0 ? null : audio.every((id) => byAddress.includes(id)),
      });
      const trackIds = ({ audio: tracks }: ReturnType<typeof planOf>) => tracks.map(({ id }) => id);
      const isSame =
        encoded.length === 0 &&
        keepsAudio !== false &&
        [...idsOf(from), ...trackIds(planOf(source, from)), ...from.outputs].join() ===
          [...idsOf(to), ...trackIds(planOf(source, to)), ...to.outputs].join();
      expect({ before, after, isUnchanged }).toEqual({ before, after, isUnchanged: isSame });
    }
  });
});
