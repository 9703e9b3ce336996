import { expect, it } from 'vitest';
import { drawKeyValues, drawTable } from './draw-table.ts';

it('aligns columns, also with letters of double width, without trailing spaces', () => {
  const drawn = drawTable(
    ['FILE', 'SIZE'],
    [
      ['映画.mp4', '9 MB'],
      ['b.mp4', '120 kB'],
    ],
    ['left', 'right'],
  );
  expect(drawn.split('\n')).toEqual(['FILE        SIZE', '映画.mp4    9 MB', 'b.mp4     120 kB']);
});

it('draws one line per name and value', () => {
  expect(
    drawKeyValues([
      ['status', 'queued'],
      ['', 'since today'],
    ]).split('\n'),
  ).toEqual(['status  queued', '        since today']);
});
