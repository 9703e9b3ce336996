import { summarize } from '../measure/summarize.ts';
import type { BenchResult, Target, Unit } from './bench-report.ts';

export function toResult(name: string, unit: Unit, values: readonly number[], target?: Target): BenchResult {
  return { name, unit, ...summarize(values), ...(target && { target }) };
}

/** @returns null where there is no target */
export function meetsTarget({ median, target }: BenchResult): boolean | null {
  if (target === undefined) return null;
  return 'atMost' in target ? median <= target.atMost : median >= target.atLeast;
}
