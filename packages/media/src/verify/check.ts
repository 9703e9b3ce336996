import { z } from 'zod';

/** A measured value and its limit. */
export const checkSchema = z.strictObject({
  /** `frame-count`: the same name for the same kind of check. */
  name: z.string(),
  /** The rendition, track or file; null for the version as a whole. */
  subject: z.string().nullable(),
  measured: z.union([z.number(), z.string()]),
  bound: z.string(),
  passed: z.boolean(),
});
export type Check = z.infer<typeof checkSchema>;

interface Measured<Value> {
  name: string;
  subject?: string | null;
  measured: Value;
}

export function equalCheck(measurement: Measured<number | string>, expected: number | string): Check {
  return toCheck(measurement, `${expected}`, measurement.measured === expected);
}

export function maxCheck(measurement: Measured<number>, bound: number): Check {
  return toCheck(measurement, `at most ${rounded(bound)}`, measurement.measured <= bound);
}

export function minCheck(measurement: Measured<number>, bound: number): Check {
  return toCheck(measurement, `at least ${rounded(bound)}`, measurement.measured >= bound);
}

/** For a value that cannot be measured in this source, with the reason instead of a value. */
export function notMeasurable(name: string, subject: string | null, why: string): Check {
  return { name, subject, measured: why, bound: 'none: not measurable', passed: true };
}

function toCheck(
  { name, subject = null, measured }: Measured<number | string>,
  bound: string,
  passed: boolean,
): Check {
  return {
    name,
    subject,
    measured: typeof measured === 'number' ? rounded(measured) : measured,
    bound,
    passed,
  };
}

/** Six decimals, so that certificates do not depend on the last bits of a division. */
function rounded(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000 + 0;
}
