import type { BenchResult, RowReport, Target, Unit } from './bench-report.ts';
import { renderTable } from './render-table.ts';
import { meetsTarget } from './to-result.ts';

const columns = ['result', 'median', 'spread', 'runs', 'target', 'met'];

/** The tables of a row, as Markdown. */
export function renderRow({ results, details, notes }: RowReport): string {
  return [
    ...(results.length > 0 ? [renderTable(columns, results.map(resultCells))] : []),
    ...details.map(({ title, columns: names, rows }) => `${title}:\n\n${renderTable(names, rows)}`),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}`).join('\n')] : []),
  ].join('\n\n');
}

function resultCells(result: BenchResult): string[] {
  const { name, unit, median, min, max, values, target } = result;
  const met = meetsTarget(result);
  return [
    name,
    formatValue(median, unit),
    values.length > 1 ? `${formatNumber(min, unit)} to ${formatNumber(max, unit)}` : '',
    `${values.length}`,
    target === undefined ? '' : formatTarget(target, unit),
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}

function formatTarget(target: Target, unit: Unit): string {
  return 'atMost' in target
    ? `≤ ${formatValue(target.atMost, unit)}`
    : `≥ ${formatValue(target.atLeast, unit)}`;
}

function formatValue(value: number, unit: Unit): string {
  return unit.startsWith('per ') ? formatNumber(value, unit) : `${formatNumber(value, unit)} ${unit}`;
}

function formatNumber(value: number, unit: Unit): string {
  if (unit === 'MB') return value.toFixed(0);
  return value.toFixed(unit === 'x' ? 3 : 1);
}
