import type { Check } from './certificate.ts';
import { checkGroups, otherChecks } from './check-kinds.ts';

/** One kind of check, for all the tracks and files that it was made for. */
export interface CheckRow {
  readonly name: string;
  readonly title: string;
  /** The value, or the smallest and the largest one. */
  readonly measured: string;
  readonly limit: string;
  readonly count: number;
  readonly outcome: 'passed' | 'failed' | 'not measured';
}

export interface GroupedChecks {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly CheckRow[];
}

type Unit = 'seconds' | 'share' | 'of255' | undefined;

/** Groups without a check are left out. */
export function groupChecks(checks: readonly Check[]): GroupedChecks[] {
  const byName = Map.groupBy(checks, ({ name }) => name);
  const known = checkGroups.map(({ title, about, kinds }) => ({
    ...{ title, about },
    rows: Object.entries(kinds).flatMap(([name, { title, unit }]) =>
      toRow(name, title, unit, byName.get(name)),
    ),
  }));
  const names = new Set(checkGroups.flatMap(({ kinds }) => Object.keys(kinds)));
  const others = [...byName].filter(([name]) => !names.has(name));
  const rest = { ...otherChecks, rows: others.flatMap(([name, of]) => toRow(name, name, undefined, of)) };
  return [...known, rest].filter(({ rows }) => rows.length > 0);
}

/** Whether there was something to measure: a check without passes. */
export function isMeasured({ bound }: Check): boolean {
  return !bound.startsWith('none: ');
}

function toRow(name: string, title: string, unit: Unit, checks: readonly Check[] = []): CheckRow[] {
  if (checks.length === 0) return [];
  const measured = checks.filter(isMeasured);
  return [
    {
      ...{ name, title },
      measured: describeValues(checks, measured, unit),
      limit: describeLimits(measured, unit),
      count: checks.length,
      outcome: outcomeOf(checks, measured),
    },
  ];
}

function outcomeOf(all: readonly Check[], measured: readonly Check[]): CheckRow['outcome'] {
  if (all.some(({ passed }) => !passed)) return 'failed';
  return measured.length === 0 ? 'not measured' : 'passed';
}

function describeValues(all: readonly Check[], measured: readonly Check[], unit: Unit): string {
  const reasons = all.filter((check) => !measured.includes(check)).map((check) => `${check.measured}`);
  const numbers = measured.map((check) => check.measured).filter((value) => typeof value === 'number');
  const texts = measured.map((check) => check.measured).filter((value) => typeof value === 'string');
  return distinct([...(numbers.length > 0 ? [describeRange(numbers, unit)] : []), ...texts, ...reasons]).join(
    ', ',
  );
}

/** `at most 0.02` of several checks becomes `at most 20 ms`, or `at least 0.45 to 0.6`. */
function describeLimits(checks: readonly Check[], unit: Unit): string {
  const limits = checks.map(({ bound }) => {
    const [, words = '', number] = /^(at most |at least )?(.*)$/.exec(bound) ?? [];
    return { words, number: Number(number), text: bound };
  });
  const [first] = limits;
  if (first === undefined) return '';
  if (first.words === '' || limits.some(({ words }) => words !== first.words))
    return distinct(limits.map(({ text }) => text)).join(', ');
  return (
    first.words +
    describeRange(
      limits.map(({ number }) => number),
      unit,
    )
  );
}

function describeRange(numbers: readonly number[], unit: Unit): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const { factor, digits, suffix } = scaleOf(unit, most);
  const shown = [least, most].map((number) => Number((number * factor).toFixed(digits)).toLocaleString('en'));
  return distinct(shown).join(' to ') + suffix;
}

function scaleOf(unit: Unit, most: number): { factor: number; digits: number; suffix: string } {
  if (unit === 'share') return { factor: 100, digits: 1, suffix: '%' };
  if (unit === 'of255') return { factor: 1, digits: 1, suffix: ' of 255' };
  if (unit === undefined) return { factor: 1, digits: 3, suffix: '' };
  return most < 1 ? { factor: 1_000, digits: 1, suffix: ' ms' } : { factor: 1, digits: 2, suffix: ' s' };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
