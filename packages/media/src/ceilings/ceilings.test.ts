import { expect, it } from 'vitest';
import { requireCueCeilings } from './require-cue-ceilings.ts';
import { requirePacketCeilings } from './require-packet-ceilings.ts';

const codeOf = (check: () => void) => {
  try {
    check();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};
const packetsOf = (times: number[]) => ({
  runs: [times],
  untimedCount: 0,
  keyFrameCount: 1,
  keyFrameTimes: [],
  isClockContinuous: true,
  hiddenPositions: [],
});
const timesOf = (times: number[], clockMayJump = false) =>
  codeOf(() => requirePacketCeilings(packetsOf(times), clockMayJump));

it('accepts slow motion, still images and clocks that jump', () => {
  expect(timesOf(Array.from({ length: 5_000 }, (_, index) => index / 960))).toBeNull();
  expect(timesOf([0, 6 * 3_600])).toBeNull();
  expect(timesOf([0, 100_000], true)).toBeNull();
  expect(timesOf([])).toBeNull();
});

it('attack: a million frames a second', () => {
  expect(timesOf(Array.from({ length: 100_000 }, (_, index) => index / 1e6))).toBe('frame-rate-too-high');
});

it('attack: a gap of a day, and a frame every 136 years', () => {
  expect(timesOf([0, 0.04, 86_400])).toBe('frame-gap-too-long');
  expect(timesOf([0, 4.3e9, 8.6e9])).toBe('frame-gap-too-long');
});

const cue = (length: number) => ({
  startMilliseconds: 0,
  durationMilliseconds: 1,
  bytes: new Uint8Array(length),
});

it('attack: 300,000 cues, and one cue of 20 MB', () => {
  expect(codeOf(() => requireCueCeilings(Array.from({ length: 300_000 }, () => cue(1))))).toBe(
    'too-many-cues',
  );
  expect(codeOf(() => requireCueCeilings([cue(20_000_000)]))).toBe('cue-too-large');
  expect(codeOf(() => requireCueCeilings([cue(10_000)]))).toBeNull();
});
