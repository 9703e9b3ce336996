import type { Check } from '@fyrestream/media';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';

/** One line where all is well; what failed, with what was measured, where it is not. */
export function describeVerification(
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
  const verdict = `${terminal.colour('red', 'not as published')}: ${all}, ${failed.length} failed`;
  return `${table(['CHECK', 'OF', 'MEASURED', 'SHOULD BE'], rows)}\n${verdict}`;
}
