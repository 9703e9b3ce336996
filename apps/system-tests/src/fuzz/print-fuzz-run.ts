import type { FuzzUpload } from './fuzz-upload.ts';
import type { FuzzRun } from './run-fuzz.ts';

const slowestShown = 5;

/** Prints how the uploads of each sample ended, the slowest ones, and what is wrong. */
export function printFuzzRun({ uploads, violations, cpuSeconds, directory }: FuzzRun, seconds: number): void {
  const rows: Record<string, Record<string, number>> = {};
  for (const upload of uploads) {
    const row = rows[endOf(upload)] ?? {};
    rows[endOf(upload)] = row;
    const sample = upload.mutation.fileName.replace(/^\d+-/, '');
    row.all = (row.all ?? 0) + 1;
    row[sample] = (row[sample] ?? 0) + 1;
  }
  console.table(Object.fromEntries(Object.entries(rows).sort()));
  const slowest = [...uploads].sort((one, two) => two.seconds - one.seconds).slice(0, slowestShown);
  console.table(
    slowest.map((upload) => ({
      seconds: Math.round(upload.seconds),
      end: endOf(upload),
      mutation: `--seed ${upload.mutation.seed}: ${upload.mutation.description.slice(0, 150)}`,
    })),
  );
  for (const { kind, message } of violations) console.log(`${kind}: ${message}`);
  const perUpload = (cpuSeconds / uploads.length).toFixed(2);
  console.log(`${uploads.length} mutations in ${Math.round(seconds)} s, ${perUpload} CPU seconds for each.`);
  console.log(
    violations.length === 0
      ? 'All ended as they should.'
      : `${violations.length} violations, data in ${directory}`,
  );
}

function endOf({ job }: FuzzUpload): string {
  return job === null ? 'no job' : (job.reason?.code ?? job.status);
}
