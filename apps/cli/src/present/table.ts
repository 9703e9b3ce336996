import Table from 'cli-table3';

/** Rows of text under headings in aligned columns, without lines around them. */
export function table(
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
  drawn.push(...rows.map((row) => [...row]));
  return trimmed(drawn.toString());
}

/** Names and what they stand for, one to a line. */
export function facts(entries: readonly (readonly [string, string])[]): string {
  const drawn = new Table({
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  drawn.push(...entries.map((entry) => [...entry]));
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
