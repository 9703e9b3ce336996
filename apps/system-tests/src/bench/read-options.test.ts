import { expect, it } from 'vitest';
import { readOptions } from './read-options.ts';

const rows = ['a', 'b', 'c'];

it('runs all rows three times by default', () => {
  expect(readOptions([], rows)).toMatchObject({ rows, repeat: 3, seconds: null, file: null, write: null });
});

it('runs the named rows once each, in their own order', () => {
  const options = readOptions(
    ['--rows', 'c, a,c', '--repeat', '5', '--seconds', '4', '--sizes', '8,64', '--waiting', '5'],
    rows,
  );
  expect(options).toMatchObject({
    rows: ['a', 'c'],
    repeat: 5,
    seconds: 4,
    sizesMegabytes: [8, 64],
    waiting: [5],
  });
});

it.each([
  [['--rows', 'a,x'], 'There is no row x'],
  [['--repeat', '0'], '--repeat takes whole numbers'],
  [['--seconds', '1.5'], '--seconds takes whole numbers'],
  [['--sizes', '8,big'], '--sizes takes whole numbers'],
  [['--faster'], '--faster'],
  [['stray'], 'stray'],
])('refuses %j and names what is wrong', (argv, message) => {
  expect(() => readOptions(argv, rows)).toThrow(
    expect.objectContaining({ code: 'wrong-usage', message: expect.stringContaining(message) }),
  );
});
