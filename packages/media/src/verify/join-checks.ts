import type { Check } from './check.ts';

/**
 * One check for each name and subject, of checks of several parts of a track that all passed: of values with a limit the one that is
 * nearest to it, of counts the sum.
 */
export function joinChecks(parts: readonly (readonly Check[])[]): Check[] {
  const joined = new Map<string, Check>();
  for (const check of parts.flat()) {
    const key = `${check.name} ${check.subject}`;
    const before = joined.get(key);
    joined.set(key, before === undefined ? check : joinTwo(before, check));
  }
  return [...joined.values()];
}

function joinTwo(left: Check, right: Check): Check {
  if (left.passed !== right.passed) return left.passed ? right : left;
  if (typeof left.measured !== 'number') return right;
  if (typeof right.measured !== 'number') return left;
  const isCount = left.bound === `${left.measured}` && right.bound === `${right.measured}`;
  if (!isCount) return marginOf(right, right.measured) < marginOf(left, left.measured) ? right : left;
  const measured = left.measured + right.measured;
  return { ...left, measured, bound: `${measured}` };
}

/** How far a value is from its limit: `at most 8`, `at least 0.7`. */
function marginOf({ bound }: Check, measured: number): number {
  const limit = Number(bound.split(' ').at(-1));
  return bound.startsWith('at most') ? limit - measured : measured - limit;
}
