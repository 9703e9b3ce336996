import { createHash } from 'node:crypto';
import { defaultLadderConfig, hevcLadder, type LadderConfig, watermarkSchema } from '@fyrestream/events';
import { describe, expect, it } from 'vitest';
import { buildFragmentedMp4 } from '../../test/build-fragmented-mp4.ts';
import { audioStream, factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import { createTrackPackager, type TrackPackagerOptions } from '../cmaf/create-track-packager.ts';
import { readFrameTiming } from '../observe/frame-timing.ts';
import type { EncodePlan } from '../plan/encode-plan.ts';
import { plannedRenditions } from '../plan/encode-plan.ts';
import { planEncode } from '../plan/plan-encode.ts';
import { addWatermark } from '../watermark/add-watermark.ts';
import { addressTracks, packagingRevision, type TrackOrigin } from './address-tracks.ts';

const origin: TrackOrigin = {
  upload: { bucket: 'videos', key: 'videos/a.mp4', versionId: 'v1', etag: 'e1' },
  toolVersions: { ffmpeg: '7.1', ffmpegBuild: 'b1', ffprobe: '7.1', node: '24' },
};
const ladder = defaultLadderConfig;
const streams = [videoStream(), audioStream()];
const planOf = (config: LadderConfig = ladder, options: Parameters<typeof planEncode>[3] = {}) =>
  planEncode(factsOf(streams), {}, config, options);
const base = planOf();
const addressesOf = (plan: EncodePlan = base, changes: Partial<TrackOrigin> = {}) =>
  addressTracks(plan, { ...origin, ...changes });

/** The ids of those whose address is not that of the base plan. */
function changedBy(plan: EncodePlan, changes: Partial<TrackOrigin> = {}): string[] {
  const [before, after] = [addressesOf(), addressesOf(plan, changes)];
  return Object.keys(before).filter((id) => before[id] !== after[id]);
}

const all = Object.keys(addressesOf());
const video = plannedRenditions(base).map(({ id }) => id);

/** The default ladder with a change of its H.264 rungs. */
function withH264(change: Partial<LadderConfig['ladders'][number]>): LadderConfig {
  const [h264] = ladder.ladders;
  return { ...ladder, ladders: [{ ...h264, ...change } as LadderConfig['ladders'][number]] };
}

function rungsWith(index: number, change: Partial<LadderConfig['ladders'][number]['rungs'][number]>) {
  const rungs = ladder.ladders[0]?.rungs ?? [];
  return rungs.map((rung, place) => (place === index ? { ...rung, ...change } : rung));
}

const uhd = { shortEdgePixels: 2160, constantRateFactor: 22, maximumBitrateBitsPerSecond: 16_000_000 };

it('addresses every rendition and audio track, each differently', () => {
  expect(all).toEqual(['h264-1080', 'h264-720', 'h264-480', 'h264-360', 'h264-240', 'audio-1']);
  expect(new Set(Object.values(addressesOf())).size).toBe(all.length);
  expect(addressesOf()['h264-720']).toMatch(/^[0-9a-f]{64}$/);
});

it('is the same for a plan that was stored and read', () => {
  expect(addressesOf(JSON.parse(JSON.stringify(base)))).toEqual(addressesOf());
  expect(changedBy(planOf())).toEqual([]);
});

describe('what changes the bytes changes the address', () => {
  const segment = { ...base, segmentSeconds: 4 };
  const image = {
    file: { key: 'watermarks/a.png', versionId: 'v1', etag: 'e', sizeBytes: 9, demuxer: 'png_pipe' },
    size: { width: 200, height: 100 },
  } as const;
  const watermark = watermarkSchema.parse({ image: 'a.png' });

  it.each<[string, EncodePlan, string[]]>([
    [
      'quality of one rung',
      planOf(withH264({ rungs: rungsWith(2, { constantRateFactor: 21 }) })),
      ['h264-480'],
    ],
    [
      'ceiling of one rung',
      planOf(withH264({ rungs: rungsWith(4, { maximumBitrateBitsPerSecond: 380_000 }) })),
      ['h264-240'],
    ],
    ['speed', planOf(withH264({ speed: 'fast' })), video],
    [
      'size of a rung, from which those below are scaled',
      planOf(withH264({ rungs: rungsWith(2, { shortEdgePixels: 540 }) })),
      ['h264-480', 'h264-360', 'h264-240'],
    ],
    [
      'audio bitrate',
      planOf({ ...ladder, audio: { ...ladder.audio, bitrateBitsPerSecond: 96_000 } }),
      ['audio-1'],
    ],
    ['loudness', planOf({ ...ladder, audio: { ...ladder.audio, loudness: 'off' } }), ['audio-1']],
    ['trim', planOf(ladder, { trim: { from: 1 } }), all],
    ['segment duration', segment, all],
    ['watermark', addWatermark(base, image, watermark), video],
    ['streams that are joined', { ...base, pidMoves: [{ from: 1, to: 2 }] } as unknown as EncodePlan, all],
    ['offset of the timeline', { ...base, timeline: { ...base.timeline, inputOffsetSeconds: 0.5 } }, all],
    [
      'another stream',
      { ...base, audio: base.audio.map((one) => ({ ...one, streamIndex: 2 })) },
      ['audio-1'],
    ],
  ])('%s', (_, plan, changed) => {
    expect(changedBy(plan)).toEqual(changed);
  });

  it('another image, and another opacity of it', () => {
    const drawn = (etag: string, opacity: number) =>
      addressesOf(addWatermark(base, { ...image, file: { ...image.file, etag } }, { ...watermark, opacity }));
    const addresses = [drawn('e', 1), drawn('f', 1), drawn('e', 0.5)].map((one) => one['h264-240']);
    expect(new Set(addresses).size).toBe(3);
  });

  it('tone mapping, and HDR that is kept', () => {
    const hdr = videoStream({
      color_transfer: 'smpte2084',
      color_primaries: 'bt2020',
      color_space: 'bt2020nc',
    });
    const planHdr = (config: LadderConfig['hdr'], source = hdr) =>
      planEncode(factsOf([source]), {}, { ...ladder, ladders: [...ladder.ladders, hevcLadder], hdr: config });
    const [mapped, kept] = [addressesOf(planHdr('tone-map')), addressesOf(planHdr('keep'))];
    expect(kept['h264-480']).toBe(mapped['h264-480']);
    expect(kept['hevc-480']).not.toBe(mapped['hevc-480']);
    expect(mapped['h264-480']).not.toBe(addressesOf(planHdr('tone-map', videoStream()))['h264-480']);
  });

  it('the division into units', () => {
    const times = Array.from({ length: 1800 }, (_, index) => index / 30);
    const timing = readFrameTiming({ runs: [times], untimedCount: 0 });
    const keyFrameTimes = times
      .filter((_, index) => index % 60 === 0)
      .map((time) => ({ presentationSeconds: time, decodeSeconds: time }));
    const long = factsOf(
      [videoStream({ duration: '60.0', nb_frames: '1800' }), audioStream({ duration: '60.0' })],
      { duration: '60.0' },
    );
    const divided = (unitSeconds: number) =>
      planEncode(long, { frameTiming: timing, keyFrameTimes }, ladder, { unitSeconds });
    expect(divided(12).units.length).toBeGreaterThan(divided(30).units.length);
    expect(addressesOf(divided(12))['h264-720']).not.toBe(addressesOf(divided(30))['h264-720']);
    expect(addressesOf(divided(12))['audio-1']).toBe(addressesOf(divided(30))['audio-1']);
  });

  it('another version of an audio file beside the film, and its times', () => {
    const [own] = base.audio;
    if (own === undefined) throw new TypeError('the plan has no audio');
    const { demuxer, leadingBytes, timeline, audioPreparation } = base;
    const source = { demuxer, leadingBytes, timeline, audioPreparation };
    const file = { key: 'videos/a.de.m4a', versionId: null, etag: 'e', sizeBytes: 9, source };
    const plan = (changes: Partial<typeof file>) => ({
      ...base,
      audio: [own, { ...own, id: 'audio-2', audioKey: file.key }],
      audioFiles: [{ ...file, ...changes }],
    });
    const addresses = [
      plan({}),
      plan({ etag: 'f' }),
      plan({ source: { ...source, timeline: { ...timeline, inputOffsetSeconds: 1 } } }),
    ].map((one) => addressesOf(one));
    expect(new Set(addresses.map((one) => one['audio-1'])).size).toBe(1);
    expect(new Set(addresses.map((one) => one['audio-2'])).size).toBe(3);
    expect(addresses[0]?.['audio-2']).not.toBe(addresses[0]?.['audio-1']);
  });

  it.each<[string, Partial<TrackOrigin>]>([
    ['another version of the upload', { upload: { ...origin.upload, versionId: 'v2' } }],
    ['another ffmpeg', { toolVersions: { ...origin.toolVersions, ffmpeg: '7.2' } }],
    ['another build of ffmpeg', { toolVersions: { ...origin.toolVersions, ffmpegBuild: 'b2' } }],
  ])('%s', (_, changes) => {
    expect(changedBy(base, changes)).toEqual(all);
  });
});

describe('what does not change the bytes does not change the address', () => {
  it.each<[string, EncodePlan]>([
    ['another ladder of no larger sizes', planOf({ ...ladder, ladders: [...ladder.ladders, hevcLadder] })],
    ['title, poster and outputs', { ...base, title: 'Film', posterSeconds: 3, outputs: ['dash', 'hls'] }],
    [
      'names and reasons',
      {
        ...base,
        unitsWhy: 'other',
        audio: base.audio.map((one) => ({ ...one, name: 'Stereo' })),
        video: base.video && {
          ...base.video,
          frameRateWhy: 'other',
          filters: base.video.filters.map((one) => ({ ...one, why: 'other' })),
        },
      },
    ],
    [
      'captions beside it',
      { ...base, captionFiles: [{ key: 'a.srt', versionId: null, etag: 'e', sizeBytes: 1 }] },
    ],
    ['a rung that this source does not get', planOf(withH264({ rungs: [uhd, ...rungsWith(0, {})] }))],
  ])('%s', (_, plan) => {
    expect(changedBy(plan)).toEqual([]);
  });

  it.each<[string, Partial<TrackOrigin>]>([
    ['another Node', { toolVersions: { ...origin.toolVersions, node: '25' } }],
    ['the ETag of a version', { upload: { ...origin.upload, etag: 'e2' } }],
  ])('%s', (_, changes) => {
    expect(changedBy(base, changes)).toEqual([]);
  });

  it('a further track of audio', () => {
    const two = planEncode(factsOf([...streams, audioStream({ index: 2, disposition: {} })]), {}, ladder);
    expect(two.audio).toHaveLength(2);
    expect(changedBy(two)).toEqual([]);
  });
});

/** Of what the packager makes of two streams. Whoever changes it must raise the revision, or old tracks are taken for new ones. */
it('has a revision that stands for the bytes of the packager', () => {
  const hash = createHash('sha256');
  const add = (
    stream: Uint8Array,
    options: Pick<TrackPackagerOptions, 'trackId' | 'kind' | 'firstSegmentNumber'>,
  ) => {
    const packager = createTrackPackager({
      ...options,
      segmentDurationSeconds: { numerator: 6, denominator: 1 },
    });
    for (const { bytes } of [...packager.push(stream), ...packager.end()]) hash.update(bytes);
  };
  const picture = {
    kind: 'video',
    timescale: 15_360,
    frameTicks: 512,
    delayFrames: 2,
    fragments: [60, 60, 60, 30],
  } as const;
  add(buildFragmentedMp4(picture), { trackId: 'v', kind: 'video' });
  add(buildFragmentedMp4(picture), { trackId: 'v', kind: 'video', firstSegmentNumber: 3 });
  const sound = {
    kind: 'audio',
    timescale: 48_000,
    frameTicks: 1_024,
    fragments: [47, 47, 47, 47, 47, 47, 47],
  } as const;
  add(buildFragmentedMp4(sound), { trackId: 'a', kind: 'audio' });
  expect({ packagingRevision, sha256: hash.digest('hex') }).toEqual({
    packagingRevision: 1,
    sha256: 'eb80fda76dd358d1bc8ef587224f0539884e350fdf8e59c445610d84dc28ca12',
  });
});
