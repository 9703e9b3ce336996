import type { Check } from '@fyrestream/media';
import type { Terminal } from '../terminal.ts';
import { drawTable } from './draw-table.ts';

/** One line where all checks passed; otherwise also a table of the failed checks with their measured values. */
export function formatVerification(
  checks: readonly Check[],
  fileCount: number,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const failed = checks.filter(({ passed }) => !passed);
  const all = `${fileCount} files, ${checks.length} checks`;
  if (failed.length === 0) return `${terminal.colour('green', 'verified')}: ${all}`;
  const rows = failed.map(({ name, subject, measured, bound }) => [
    name,
    subject ?? 'the version',
    String(measured),
    bound,
  ]);
  const result = `${terminal.colour('red', 'differs from what was published')}: ${all}, ${failed.length} failed`;
  return `${drawTable(['CHECK', 'OF', 'MEASURED', 'SHOULD BE'], rows)}\n${result}`;
}
