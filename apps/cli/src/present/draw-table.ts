import Table from 'cli-table3';
import { toOneLine } from '../terminal-text.ts';

/** Draws rows below headings in aligned columns, without borders. */
export function drawTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: Align[] = [],
): string {
  const drawn = new Table({
    head: [...headings],
    colAligns: headings.map((_, column) => aligns[column] ?? 'left'),
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  drawn.push(...rows.map((row) => row.map(toOneLine)));
  return trimmed(drawn.toString());
}

/** Draws one line per name and value, without headings. */
export function drawKeyValues(entries: readonly (readonly [string, string])[]): string {
  const drawn = new Table({
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  drawn.push(...entries.map((entry) => entry.map(toOneLine)));
  return trimmed(drawn.toString());
}

type Align = 'left' | 'right';

function trimmed(drawn: string): string {
  return drawn.replaceAll(/ +$/gm, '');
}

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
