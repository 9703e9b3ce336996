import { FyrestreamError } from '@fyrestream/events';
import type { BenchReport, RowReport } from './bench-report.ts';
import { describeMachine } from './machine-facts.ts';
import { renderRow } from './render-row.ts';

/**
 * Replaces what a document says between `<!-- bench a -->` and `<!-- /bench a -->` by the results of row a, with the date and
 * the command. Rows that were not run keep what they have.
 * @throws FyrestreamError `no-place-for-row`
 */
export function updateDocument(document: string, report: BenchReport): string {
  return report.rows.reduce((text, row) => replaceRow(text, report, row), document);
}

function replaceRow(document: string, report: BenchReport, row: RowReport): string {
  const [start, end] = [`<!-- bench ${row.id} -->`, `<!-- /bench ${row.id} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) {
    throw new FyrestreamError({
      code: 'no-place-for-row',
      message: `The document has no place for row ${row.id}: add a line "${start}" and a line "${end}".`,
      retryable: false,
    });
  }
  const content = `${describeRun(report)}\n\n${renderRow(row)}`;
  return `${document.slice(0, from + start.length)}\n\n${content}\n\n${document.slice(to)}`;
}

function describeRun({ date, command, machine, material }: BenchReport): string {
  const used = material === null ? '' : ` Material: ${material}.`;
  return `Measured on ${date.slice(0, 10)} by \`${command}\`. ${describeMachine(machine)}.${used}`;
}
