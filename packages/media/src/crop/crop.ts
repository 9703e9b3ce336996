import type { Rational } from '../cmaf/rational.ts';
import type { FrameSize } from '../facts/source-facts.ts';

/** The visible part of stored frames. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly size: FrameSize;
  /** Of the cropped part; null if cropping does not change it. */
  readonly pixelAspectRatio: Rational | null;
  readonly why: string;
}
