import type { Rational } from '../cmaf/rational.ts';
import type { FrameSize } from '../facts/source-facts.ts';

/** The part of stored frames that is meant to be seen. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly size: FrameSize;
  /** Of the part; null where cropping leaves it as it is. */
  readonly pixelAspectRatio: Rational | null;
  readonly why: string;
}
