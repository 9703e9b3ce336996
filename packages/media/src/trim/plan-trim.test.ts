import { expect, it } from 'vitest';
import type { FrameTiming } from '../observe/frame-timing.ts';
import { planTrim } from './plan-trim.ts';

const timeline = {
  ...{ streamStarts: [], zeroSeconds: 1.4, inputOffsetSeconds: 0, anchorStreamIndex: null, why: 'first' },
};
const frameRate = { rate: { numerator: 25, denominator: 1 }, why: '', change: 'kept' } as const;
const timing = (times: number[]): FrameTiming => ({
  ...{
    times,
    overlapCount: 0,
    typicalFrameSeconds: 0.04,
    isEvenlySpaced: true,
    isPulldown: false,
    lacksTimes: false,
  },
});
const constant = timing(Array.from({ length: 250 }, (_, index) => 1.4 + index / 25));
const planned = (trim: Parameters<typeof planTrim>[0], frames: FrameTiming | null = constant) =>
  planTrim(trim, { timeline, timing: frames, frameRate, durationSeconds: 10 });
const summary = (trim: Parameters<typeof planTrim>[0], frames: FrameTiming | null = constant) => {
  const { timeline: own, frames: kept, endFrame, plan } = planned(trim, frames);
  return [kept?.first, kept?.end, own.zeroSeconds, endFrame, plan];
};

it('begins with the first frame of the trim and ends before the first one behind it', () => {
  expect(summary({ from: 2, to: 4 })).toEqual([50, 100, 3.4, 50, { shiftSeconds: 2, lengthSeconds: 2 }]);
  expect(summary({ from: 2.01, to: 4.01 })).toEqual([
    51,
    101,
    3.44,
    50,
    { shiftSeconds: 2.04, lengthSeconds: 2 },
  ]);
});

it('takes typed seconds that were rounded for the frame that they mean', () => {
  expect(summary({ from: 2.0009, to: 4.0009 })).toEqual(summary({ from: 2, to: 4 }));
});

it('keeps beginning or end where one of both is left out', () => {
  expect(summary({ to: 4 })).toEqual([0, 100, 1.4, 100, { shiftSeconds: 0, lengthSeconds: 4 }]);
  expect(summary({ from: 2 })).toEqual([50, 250, 3.4, null, { shiftSeconds: 2, lengthSeconds: null }]);
  expect(summary({ from: 2, to: 99 })).toEqual([50, 250, 3.4, null, { shiftSeconds: 2, lengthSeconds: 97 }]);
});

it('shows the rest of a frame that is shown for long when the trim begins', () => {
  const slides = timing([1.4, 1.44, 3.4, 8.4]);
  expect(summary({ from: 4, to: 6 }, slides)).toEqual([2, 3, 5.4, 50, { shiftSeconds: 4, lengthSeconds: 2 }]);
});

it('counts seconds where the packets have no times', () => {
  expect(summary({ from: 2, to: 4 }, null)).toEqual([
    undefined,
    undefined,
    3.4,
    50,
    { shiftSeconds: 2, lengthSeconds: 2 },
  ]);
});

it('has at least one frame', () => {
  expect(summary({ from: 2.001, to: 2.03 })[3]).toBe(1);
});

it.each([
  [10, constant],
  [11, constant],
  [10, null],
])('refuses to begin at %s s or later, behind the end', (from, frames) => {
  expect(() => planned({ from }, frames)).toThrow(
    expect.objectContaining({
      code: 'options-invalid',
      message: `The options of the upload do not fit it: options.trim.from is ${from}, but the upload ends after 10.000 s.`,
    }),
  );
});

it('moves the starts of streams that begin before it', () => {
  const starts = [
    { streamIndex: 0, seconds: 1.4 },
    { streamIndex: 1, seconds: 5 },
  ];
  const { timeline: own } = planTrim(
    { from: 2 },
    { timeline: { ...timeline, streamStarts: starts }, timing: constant, frameRate, durationSeconds: 10 },
  );
  expect(own.streamStarts.map(({ seconds }) => seconds)).toEqual([3.4, 5]);
  expect(own.inputOffsetSeconds).toBe(-2);
});
