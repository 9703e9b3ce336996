import { runFilm } from './film/run-film.ts';
import { describeMaterial } from './material/describe-material.ts';
import { openMaterial } from './material/open-material.ts';
import type { BenchOptions } from './read-options.ts';
import type { BenchReport, RowReport } from './report/bench-report.ts';
import { describeMachine, readMachineFacts } from './report/machine-facts.ts';
import { allRows } from './rows/all-rows.ts';
import type { BenchContext } from './rows/bench-row.ts';

export interface BenchRun {
  /** As it was typed. */
  readonly command: string;
  /** For all files of the run. */
  readonly directory: string;
  readonly print: (line: string) => void;
}

/** Runs the chosen rows one after the other. */
export async function runBench(
  options: BenchOptions,
  { command, directory, print }: BenchRun,
): Promise<BenchReport> {
  const startedAt = Date.now();
  const date = new Date(startedAt).toISOString();
  const report = (line: string) =>
    print(`${String(Math.round((Date.now() - startedAt) / 1_000)).padStart(5)} s  ${line}`);
  const machine = await readMachineFacts();
  print(describeMachine(machine));
  const chosen = allRows.filter(({ id }) => options.rows.includes(id));

  let material: ReturnType<BenchContext['material']> | null = null;
  let filmRuns: ReturnType<BenchContext['filmRuns']> | null = null;
  const context: BenchContext = {
    directory,
    options,
    report,
    material: () => {
      material ??= openMaterial(directory, options).then((opened) => {
        report(`material: ${describeMaterial(opened)}`);
        return opened;
      });
      return material;
    },
    filmRuns: () => {
      const variants = chosen.flatMap((row) => row.filmVariants);
      filmRuns ??= context
        .material()
        .then((opened) => runFilm({ directory, material: opened, variants, repeat: options.repeat, report }));
      return filmRuns;
    },
  };

  const rows: RowReport[] = [];
  for (const { id, title, run } of chosen) {
    report(`row ${id}: ${title}`);
    rows.push({ id, title, ...(await run(context)) });
  }
  const used = await (material as ReturnType<BenchContext['material']> | null);
  return { version: 1, date, command, machine, material: used && describeMaterial(used), rows };
}
