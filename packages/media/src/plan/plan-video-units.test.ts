import { defaultLadderConfig } from '@fyrestream/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, videoStream } from '../../test/ffprobe-fixtures.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import { readFrameTiming } from '../observe/frame-timing.ts';
import type { EncodePlan, FrameRange, PlannedVideo } from './encode-plan.ts';
import { planEncode } from './plan-encode.ts';
import { planVideoUnits, unitSecondsFor } from './plan-video-units.ts';

const base = planEncode(factsOf([videoStream()]), {}, defaultLadderConfig);

interface Source {
  times: number[];
  /** Times of key frames; frames have no reordering delay unless `delaySeconds` says so. */
  keys: number[];
  delaySeconds?: number;
  plan?: Partial<EncodePlan>;
  video?: Partial<PlannedVideo>;
  timing?: Partial<FrameTiming>;
}

function unitsOf(source: Source, unitSeconds: number) {
  const { times, keys, delaySeconds = 0, plan = {}, video = {}, timing = {} } = source;
  if (base.video === null) throw new TypeError('the plan has no video');
  const measured = readFrameTiming({ runs: [times], untimedCount: 0 });
  return planVideoUnits(
    { ...base, ...plan, video: { ...base.video, ...video } },
    {
      frameTiming: measured && { ...measured, ...timing },
      keyFrameTimes: keys.map((time) => ({ presentationSeconds: time, decodeSeconds: time - delaySeconds })),
    },
    unitSeconds,
  );
}

/** 30 frames per second, as the base plan. */
const thirty = (seconds: number, from = 0) =>
  Array.from({ length: Math.round(seconds * 30) }, (_, index) => from + index / 30);
const every = (seconds: number, until: number) =>
  Array.from({ length: Math.ceil(until / seconds) }, (_, index) => index * seconds);
const minute = { times: thirty(60), keys: every(2, 60) };
const rangesOf = (units: ReturnType<typeof unitsOf>) =>
  units.units.flatMap(({ range }): FrameRange[] => (range ? [range] : []));

describe('a video of a minute with segments of 6 s', () => {
  it('has units of about the wanted length that begin with a segment', () => {
    const divided = unitsOf(minute, 12);
    expect(divided.why).toBe('5 units of about 12 s');
    expect(divided.units.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5].map((unit) => `video-0000${unit}`));
    expect(rangesOf(divided).map(({ firstSegmentNumber }) => firstSegmentNumber)).toEqual([1, 3, 5, 7, 9]);
    expect(rangesOf(divided).map(({ firstFrame, endFrame }) => [firstFrame, endFrame])).toEqual([
      [0, 360],
      [360, 720],
      [720, 1080],
      [1080, 1440],
      [1440, null],
    ]);
  });

  it('has units whose lengths differ by one segment at most', () => {
    const divided = unitsOf(minute, 17);
    expect(rangesOf(divided).map(({ firstSegmentNumber }) => firstSegmentNumber)).toEqual([1, 4, 7]);
    const longer = unitsOf({ ...minute, times: thirty(66) }, 12);
    expect(rangesOf(longer).map(({ firstSegmentNumber }) => firstSegmentNumber)).toEqual([1, 2, 4, 6, 8, 10]);
  });

  it('has no unit for what is too short for a last segment', () => {
    const firstSegments = (seconds: number) =>
      rangesOf(unitsOf({ ...minute, times: thirty(seconds) }, 6)).map(
        ({ firstSegmentNumber }) => firstSegmentNumber,
      );
    for (const seconds of [60, 60.1, 60.4])
      expect(firstSegments(seconds)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(firstSegments(60.6)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('decodes a unit from the second key frame before it, as an open GOP needs', () => {
    expect(rangesOf(unitsOf(minute, 12)).map((range) => range.decodeFromSeconds)).toEqual([
      null,
      8,
      20,
      32,
      44,
    ]);
  });

  it('decodes a unit from the beginning if there is one key frame before it', () => {
    const ranges = rangesOf(unitsOf({ ...minute, keys: [0, 30] }, 12));
    expect(ranges.map((range) => range.decodeFromSeconds)).toEqual([null, null, null, null, null]);
  });

  it('decodes some frames beyond its end, for filters that look ahead', () => {
    const [first] = rangesOf(unitsOf(minute, 12));
    expect(first?.decodeUntilSeconds).toBeCloseTo(12 + 9.5 / 30);
    expect(first?.ownUntilSeconds).toBeCloseTo(12 - 0.5 / 30);
  });

  it('seeks in a transport stream by decode times, with the margin of ffmpeg', () => {
    const ranges = rangesOf(unitsOf({ ...minute, delaySeconds: 0.1, plan: { demuxer: 'mpegts' } }, 12));
    expect(ranges[1]?.decodeFromSeconds).toBeCloseTo(8 - 0.1 + 3 / 23 + 0.001);
  });

  it.each<[string, Partial<Source>, string]>([
    ['an AVI', { plan: { demuxer: 'avi' } }, 'a position in avi is not found by its time'],
    ['bytes before the media', { plan: { leadingBytes: 9 } }, 'a position in mov is not found by its time'],
    ['packets without times', { timing: { lacksTimes: true } }, 'its packets have no times'],
    ['a clock that goes back', { timing: { overlapCount: 1 } }, 'its clock goes back'],
    ['a size that changes', { video: { geometryWhy: 'grows' } }, 'its size changes'],
    [
      'fields',
      { video: { frameCounts: { source: 9, dropped: 0, repeated: 0, fieldsPerFrame: 2, why: '' } } },
      'its fields are coded separately',
    ],
    [
      '13 s without a frame',
      { times: thirty(60).filter((time) => time < 11 || time > 24.1) },
      'a part of it has no frame',
    ],
    ['20 s', { times: thirty(20) }, 'it is not longer than a unit of 17 s'],
    ['two frames', { times: [0, 1] }, 'its packets have no times'],
  ])('%s: one unit', (_, changes, because) => {
    const { units, why } = unitsOf({ ...minute, ...changes }, because.includes('17 s') ? 17 : 12);
    expect(why).toBe(`one unit: ${because}`);
    expect(units).toEqual([{ id: 'video-00001', kind: 'video', range: null }]);
  });

  it('colours that change by time: one unit', () => {
    const branches = base.video?.branches.map((branch) => ({
      ...branch,
      filters: [{ filter: "overlay=enable='between(n,9,18)'", why: '' }],
    }));
    expect(unitsOf({ ...minute, video: { branches: branches ?? [] } }, 12).why).toBe(
      'one unit: its colours change',
    );
  });
});

describe('unitSecondsFor', () => {
  const keyFrameTimes = (times: number[]) =>
    times.map((time) => ({ presentationSeconds: time, decodeSeconds: time }));

  it('keeps the wanted length if key frames are near', () => {
    expect(unitSecondsFor({ keyFrameTimes: keyFrameTimes([0, 2, 4, 6]) }, 48)).toBe(48);
    expect(unitSecondsFor({ keyFrameTimes: null }, 48)).toBe(48);
  });

  it('is eight times the longest distance of key frames', () => {
    expect(unitSecondsFor({ keyFrameTimes: keyFrameTimes([0, 10, 30, 40]) }, 48)).toBe(160);
  });

  it('counts the distance to the first and the last frame: a unit without a key frame decodes all before', () => {
    const frameTiming = readFrameTiming({ runs: [thirty(3600)], untimedCount: 0 });
    expect(unitSecondsFor({ keyFrameTimes: keyFrameTimes([0, 1]), frameTiming }, 48)).toBeGreaterThan(3600);
    expect(unitSecondsFor({ keyFrameTimes: [], frameTiming }, 48)).toBeGreaterThan(3600);
  });
});

describe('properties of every division', () => {
  const gap = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(1 / 30, 1 / 25, 0.033, 0.034) },
    { weight: 1, arbitrary: fc.double({ min: 0.002, max: 3, noNaN: true }) },
  );
  const source = fc
    .record({
      gaps: fc.array(gap, { minLength: 300, maxLength: 900 }),
      startSeconds: fc.double({ min: -2, max: 100_000, noNaN: true }),
      leadSeconds: fc.double({ min: -0.4, max: 0.4, noNaN: true }),
      keyEvery: fc.integer({ min: 1, max: 400 }),
      unitSeconds: fc.integer({ min: 2, max: 12 }),
      demuxer: fc.constantFrom('mov', 'matroska', 'mpegts'),
    })
    .map(({ gaps, startSeconds, leadSeconds, keyEvery, ...rest }) => {
      let time = startSeconds;
      const times = [time, ...gaps.map((seconds) => (time += seconds))];
      const timeline = { ...base.timeline, zeroSeconds: startSeconds - leadSeconds };
      return { ...rest, times, timeline, keys: times.filter((_, index) => index % keyEvery === 0) };
    });

  type Drawn = typeof source extends fc.Arbitrary<infer Value> ? Value : never;
  const divide = ({ times, keys, unitSeconds, demuxer, timeline }: Drawn) =>
    rangesOf(unitsOf({ times, keys, plan: { demuxer, timeline, segmentSeconds: 2 } }, unitSeconds));

  it('each frame of the source and of the output belongs to one unit', () => {
    fc.assert(
      fc.property(source, (drawn) => {
        const ranges = divide(drawn);
        if (ranges.length === 0) return;
        const zero = drawn.timeline.zeroSeconds;
        const owners = drawn.times.map((time) =>
          ranges.filter(
            ({ ownFromSeconds, ownUntilSeconds }) =>
              time - zero >= (ownFromSeconds ?? Number.NEGATIVE_INFINITY) &&
              time - zero < (ownUntilSeconds ?? Number.POSITIVE_INFINITY),
          ),
        );
        expect(owners.every((own) => own.length === 1)).toBe(true);
        for (const range of ranges) {
          const count = owners.filter(([own]) => own === range).length;
          expect(range.sourceFrames.count).toBe(count);
        }
        expect(ranges[0]?.firstFrame).toBe(0);
        ranges.forEach(({ firstFrame, firstSegmentNumber, endFrame }, index) => {
          expect(endFrame).toBe(ranges[index + 1]?.firstFrame ?? null);
          expect(firstFrame).toBe((firstSegmentNumber - 1) * 60);
        });
      }),
      { numRuns: 200 },
    );
  });
});
