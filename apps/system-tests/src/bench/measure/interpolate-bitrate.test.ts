import { expect, it } from 'vitest';
import { interpolateBitrate, ssimDecibels } from './interpolate-bitrate.ts';

const curve = [
  { bitrateBitsPerSecond: 4_000_000, quality: 20 },
  { bitrateBitsPerSecond: 1_000_000, quality: 14 },
  { bitrateBitsPerSecond: 2_000_000, quality: 17 },
];

it('finds the bitrate of a quality between two encodes on a logarithmic scale', () => {
  expect(interpolateBitrate(curve, 18.5)).toBeCloseTo(Math.sqrt(2_000_000 * 4_000_000));
  expect(interpolateBitrate(curve, 15.5)).toBeCloseTo(Math.sqrt(1_000_000 * 2_000_000));
});

it('gives the bitrate of an encode with exactly that quality', () => {
  expect(interpolateBitrate(curve, 14)).toBe(1_000_000);
  expect(interpolateBitrate(curve, 20)).toBe(4_000_000);
});

it('does not extrapolate beyond the curve', () => {
  expect(interpolateBitrate(curve, 13.9)).toBeNull();
  expect(interpolateBitrate(curve, 20.1)).toBeNull();
  expect(interpolateBitrate([], 15)).toBeNull();
});

it('expresses SSIM in decibels', () => {
  expect(ssimDecibels(0.99)).toBeCloseTo(20);
  expect(ssimDecibels(0.9)).toBeCloseTo(10);
});
