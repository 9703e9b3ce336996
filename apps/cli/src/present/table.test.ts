import { expect, it } from 'vitest';
import { facts, table } from './table.ts';

it('aligns columns, also of letters twice as wide, without colour or trailing blanks', () => {
  const drawn = table(
    ['FILE', 'SIZE'],
    [
      ['映画.mp4', '9 MB'],
      ['b.mp4', '120 kB'],
    ],
    ['left', 'right'],
  );
  expect(drawn.split('\n')).toEqual(['FILE        SIZE', '映画.mp4    9 MB', 'b.mp4     120 kB']);
});

it('sets names beside what they stand for', () => {
  expect(
    facts([
      ['status', 'queued'],
      ['', 'since today'],
    ]).split('\n'),
  ).toEqual(['status  queued', '        since today']);
});
