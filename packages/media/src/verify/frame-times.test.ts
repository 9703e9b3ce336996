import { describe, expect, it } from 'vitest';
import type { FrameRange } from '../plan/encode-plan.ts';
import { createFrameTimesReader, joinFrameTimes } from './frame-times.ts';

const read = (...times: string[]) => {
  const reader = createFrameTimesReader();
  for (const time of times) reader.push(`frame:0    pts:0       pts_time:${time}\nseen=1\n`);
  return reader.end();
};

it('a first frame a few microseconds after 0 is not read as a frame at nine seconds', () => {
  expect(read('9.07029e-05', '0.0233107', '0.0465306')).toMatchObject({
    firstSeconds: 0.0000907029,
    lastSeconds: 0.0465306,
  });
  expect(read('-2.08333e-05', '0.02')).toMatchObject({ firstSeconds: -0.0000208333, lastSeconds: 0.02 });
});

/** Parses frames at these times of a source with ticks of 1/1000 s. */
function readerOf(times: readonly number[], range: FrameRange | null = null) {
  const reader = createFrameTimesReader(range);
  const line = (time: number) => `frame:0 pts:${Math.round(time * 1000)} pts_time:${time.toPrecision(6)}\n`;
  reader.push(times.map(line).join('seen=1\n'));
  return reader;
}
const every = (seconds: number, from: number, count: number) =>
  Array.from({ length: count }, (_, index) => from + index * seconds);

describe('joinFrameTimes', () => {
  const join = (...parts: number[][]) =>
    joinFrameTimes(parts.flatMap((times) => readerOf(times).end() ?? []));

  it('joins units to the statistics of the whole', () => {
    const times = every(0.04, 0, 500);
    const joined = join(times.slice(250), times.slice(0, 100), times.slice(100, 250));
    const whole = readerOf(times).end();
    expect(joined).toEqual({ ...whole, firstSeconds: 0, lastSeconds: expect.closeTo(19.96) });
  });

  it('finds a gap between two units', () => {
    const joined = join(every(0.04, 0, 100), every(0.04, 8, 100));
    expect(joined?.gaps).toEqual([{ fromSeconds: expect.closeTo(3.96), toSeconds: 8 }]);
    expect(joined?.missingSeconds).toBeCloseTo(4);
  });

  it('lists gaps within units and between them in order', () => {
    const joined = join([...every(0.04, 10, 50), ...every(0.04, 15, 50)], every(0.04, 0, 100));
    expect(joined?.gaps.map(({ toSeconds }) => Math.round(toSeconds))).toEqual([10, 15]);
    expect(joined?.missingSeconds).toBeCloseTo(6 + 3, 1);
  });

  it('does not count the usual distance of slides as a gap', () => {
    expect(join(every(2, 0, 5), every(2, 10, 5))).toMatchObject({ gaps: [], missingSeconds: 0 });
  });

  it('is null without parts', () => {
    expect(join()).toBeNull();
  });
});

describe('the reader of a unit', () => {
  /** Frames 50 to 99 at 25 frames per second of a source that starts at 1.4 s. */
  const range: FrameRange = {
    ...{ zeroSeconds: 1.4, firstSegmentNumber: 2, firstFrame: 50, endFrame: 100 },
    ...{ decodeFromSeconds: 1.4, decodeUntilSeconds: 4.4, ownFromSeconds: 1.98, ownUntilSeconds: 3.98 },
    fileParts: null,
    openingWarnings: 0,
    sourceFrames: { count: 50, firstSeconds: 2, lastSeconds: 3.96, meanSeconds: 2.98 },
  };

  it('counts only its own frames, on the timeline of the plan', () => {
    const reader = readerOf(every(0.04, 0.4, 110), { ...range, zeroSeconds: 0.4 });
    expect(reader.sourceFrames()).toEqual({
      count: 50,
      firstSeconds: expect.closeTo(2),
      lastSeconds: expect.closeTo(3.96),
      meanSeconds: expect.closeTo(2.98),
    });
    expect(reader.end()).toMatchObject({ frameCount: 50, firstSeconds: expect.closeTo(2) });
    expect(reader.slotsAt(25)).toEqual({ droppedFrames: 0, repeatedFrames: 0, endSlot: 100 });
  });

  it('is exact on a clock of 27 hours, where ffmpeg 5.1 prints whole seconds', () => {
    const start = 97_200;
    const times = every(0.04, start, 150).map((time) => Math.round(time * 1000) / 1000);
    const { firstSeconds, meanSeconds } = readerOf(times, { ...range, zeroSeconds: start }).sourceFrames();
    expect(firstSeconds).toBeCloseTo(2, 9);
    expect(meanSeconds).toBeCloseTo(2.98, 9);
  });

  it('has no frame of its own if the decoder gave only others', () => {
    expect(readerOf(every(0.04, 1.4, 20), range).sourceFrames().count).toBe(0);
    expect(readerOf(every(0.04, 1.4, 20), range).end()).toBeNull();
  });
});
