import type { MachineFacts } from './machine-facts.ts';

/** What a measured value should be. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

export type Unit = 'x' | '%' | 'MB' | 's' | 'per job' | 'per second';

/** One result of a row: the median of its runs with their spread. */
export interface BenchResult {
  readonly name: string;
  readonly unit: Unit;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** One for each run. */
  readonly values: readonly number[];
  readonly target?: Target;
}

/** The measurements behind the results of a row. */
export interface DetailTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface RowReport {
  readonly id: string;
  readonly title: string;
  /** The source that it encoded, in words; null if it made its own. */
  readonly material: string | null;
  readonly results: readonly BenchResult[];
  readonly details: readonly DetailTable[];
  /** What a reader must know, such as what was computed and not measured. */
  readonly notes: readonly string[];
}

/** The content of `bench.json`. */
export interface BenchReport {
  readonly version: 1;
  /** ISO 8601. */
  readonly date: string;
  readonly command: string;
  readonly machine: MachineFacts;
  readonly rows: readonly RowReport[];
}
