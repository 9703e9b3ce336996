import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildVideoTrack } from '../../test/build-track-manifest.ts';
import { measureBandwidth, measureIframeBandwidth } from './measure-bandwidth.ts';

describe('measureBandwidth', () => {
  it('uses the largest segment as the peak', () => {
    const track = buildVideoTrack('v', { sizesBytes: [600_000, 750_000, 300_000] });
    expect(measureBandwidth(track)).toEqual({ peakBitsPerSecond: 1_000_000, averageBitsPerSecond: 733_334 });
  });

  it('ignores a last segment with only one key frame', () => {
    const track = buildVideoTrack('v', { sizesBytes: [600_000, 600_000, 75_000], lastSeconds: 0.1 });
    expect(measureBandwidth(track).peakBitsPerSecond).toBe(Math.ceil((675_000 * 8) / 6.1));
  });

  it('uses the average for a track shorter than half a target duration', () => {
    const track = buildVideoTrack('v', { sizesBytes: [30_000], lastSeconds: 0.3 });
    expect(measureBandwidth(track)).toEqual({ peakBitsPerSecond: 800_000, averageBitsPerSecond: 800_000 });
  });

  it('is never below the average', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 60 }), (sizesBytes, tenths) => {
        const track = buildVideoTrack('v', { sizesBytes, lastSeconds: tenths / 10 });
        const { peakBitsPerSecond, averageBitsPerSecond } = measureBandwidth(track);
        expect(peakBitsPerSecond).toBeGreaterThanOrEqual(averageBitsPerSecond);
      }),
    );
  });
});

it('measures an I-frame playlist by its ranges', () => {
  expect(measureIframeBandwidth(buildVideoTrack('v'))).toEqual({
    peakBitsPerSecond: 2000,
    averageBitsPerSecond: 2000,
  });
});
