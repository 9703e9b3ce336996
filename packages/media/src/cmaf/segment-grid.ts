import { packagingError } from './packaging-error.ts';
import type { Rational } from './rational.ts';

/** Where segments are cut: at multiples of one exact duration, whatever the timescale of the track. */
export interface SegmentGrid {
  /** Which segment of the grid a time falls into, counted from 0. */
  indexAt(ticks: number): number;
  /** The time at which a segment of the grid begins. @throws FyrestreamError where that is no whole tick */
  startTicks(index: number): number;
}

/** The same rational duration gives the same cuts in every rendition and every audio track. */
export function createSegmentGrid(segmentDurationSeconds: Rational, timescale: number): SegmentGrid {
  // ticks / timescale ≥ index · numerator / denominator, kept in whole numbers.
  const cell = BigInt(segmentDurationSeconds.numerator) * BigInt(timescale);
  const denominator = BigInt(segmentDurationSeconds.denominator);
  return {
    indexAt: (ticks) => Number((BigInt(ticks) * denominator) / cell),
    startTicks(index) {
      const scaled = BigInt(index) * cell;
      if (scaled % denominator !== 0n) {
        throw packagingError(
          `Segment ${index + 1} would not begin at a whole tick of 1/${timescale} s; choose a duration that does.`,
        );
      }
      return Number(scaled / denominator);
    },
  };
}
