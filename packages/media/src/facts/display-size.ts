import type { Rational } from '../cmaf/rational.ts';
import type { FrameSize, Orientation } from './source-facts.ts';

/** The size in square pixels, upright. The height stays, the width takes the pixel aspect; a quarter turn swaps them afterwards. */
export function displaySizeOf(
  coded: FrameSize,
  aspect: Rational,
  { rotationDegrees }: Pick<Orientation, 'rotationDegrees'>,
): FrameSize {
  const width = Math.max(1, Math.round((coded.width * aspect.numerator) / aspect.denominator));
  const isTurned = rotationDegrees === 90 || rotationDegrees === 270;
  return isTurned ? { width: coded.height, height: width } : { width, height: coded.height };
}

/**
 * Ratios beyond 1:8 and 8:1 are treated as damage, not as anamorphic video: pixels are then assumed to be square, and
 * also without a ratio.
 */
export function plausiblePixelAspect(aspect: Rational | null): Rational {
  const square = { numerator: 1, denominator: 1 };
  if (!aspect) return square;
  const ratio = aspect.numerator / aspect.denominator;
  return ratio < 1 / 8 || ratio > 8 ? square : aspect;
}
