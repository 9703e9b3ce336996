import { packagingError } from './packaging-error.ts';
import type { Rational } from './rational.ts';

/**
 * What is left for a last segment that would be shorter belongs to the segment before it. hls.js, up to 1.7.4 at least, does not reach
 * the end of a video whose last segment is a frame or two long: the player waits for ever. A duration below 6.5 s still
 * rounds to a target duration of 6 (RFC 8216, 4.3.3.1).
 */
export const minLastSegmentSeconds = 0.45;

/** The cut times of segments: multiples of one exact duration, for any timescale. */
export interface SegmentGrid {
  /** The index of the segment that contains a time, from 0. */
  indexAt(ticks: number): number;
  /** Whether so much is enough for a last segment: half a segment always is. */
  isLongEnough(ticks: number): boolean;
  /** The start time of a segment. @throws FyrestreamError if it is not a whole number of ticks */
  startTicks(index: number): number;
}

/** The same rational duration gives the same cuts in every rendition and every audio track. */
export function createSegmentGrid(segmentDurationSeconds: Rational, timescale: number): SegmentGrid {
  // ticks / timescale ≥ index · numerator / denominator, in whole numbers.
  const cell = BigInt(segmentDurationSeconds.numerator) * BigInt(timescale);
  const denominator = BigInt(segmentDurationSeconds.denominator);
  return {
    indexAt: (ticks) => Number((BigInt(ticks) * denominator) / cell),
    isLongEnough: (ticks) =>
      ticks >= minLastSegmentSeconds * timescale || 2n * BigInt(ticks) * denominator >= cell,
    startTicks(index) {
      const scaled = BigInt(index) * cell;
      if (scaled % denominator !== 0n) {
        throw packagingError(
          `Segment ${index + 1} would not start at a whole tick of 1/${timescale} s; choose another segment duration.`,
        );
      }
      return Number(scaled / denominator);
    },
  };
}
