import { type Rational, reduceRational } from '../cmaf/rational.ts';

/** Parses ffprobe's `30000/1001` and `64:45`; null for `0/0`, `1/0` and anything that is no fraction. */
export function parseRational(text: string | undefined): Rational | null {
  const [numerator, denominator] = (text ?? '').split(/[/:]/).map(Number);
  if (!numerator || !denominator || numerator < 0 || denominator < 0) return null;
  if (!Number.isInteger(numerator) || !Number.isInteger(denominator)) return null;
  return reduceRational({ numerator, denominator });
}
