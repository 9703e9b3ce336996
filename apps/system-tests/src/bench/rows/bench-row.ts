import type { FilmRuns, FilmVariant } from '../film/run-film.ts';
import type { Material } from '../material/material.ts';
import type { BenchOptions } from '../read-options.ts';
import type { RowReport } from '../report/bench-report.ts';

/** What the rows of one run share. */
export interface BenchContext {
  /** Removed at the end. */
  readonly directory: string;
  readonly options: Pick<BenchOptions, 'repeat' | 'uploads' | 'sizesMegabytes' | 'waiting' | 'drop'>;
  /** Made when it is first wanted. */
  readonly material: () => Promise<Material>;
  /** The runs of all variants that any of the chosen rows wants. */
  readonly filmRuns: () => Promise<FilmRuns>;
  /** Prints a line about the progress. */
  readonly report: (line: string) => void;
}

export interface BenchRow {
  readonly id: string;
  readonly title: string;
  readonly usesMaterial: boolean;
  /** What it reads of `filmRuns`. */
  readonly filmVariants: readonly FilmVariant[];
  readonly run: (context: BenchContext) => Promise<Pick<RowReport, 'results' | 'details' | 'notes'>>;
}
