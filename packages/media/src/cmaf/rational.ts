import { z } from 'zod';

/** An exact ratio of two whole numbers; 30000/1001 has no exact floating-point value. */
export const rationalSchema = z.strictObject({
  numerator: z.int().positive(),
  denominator: z.int().positive(),
});
export type Rational = z.infer<typeof rationalSchema>;

/** The same ratio in lowest terms. */
export function reduceRational({ numerator, denominator }: Rational): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

export function rationalValue({ numerator, denominator }: Rational): number {
  return numerator / denominator;
}

/** `30`, `30000/1001`. */
export function formatRational({ numerator, denominator }: Rational): string {
  return denominator === 1 ? `${numerator}` : `${numerator}/${denominator}`;
}
