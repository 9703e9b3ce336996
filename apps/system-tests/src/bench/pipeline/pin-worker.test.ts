import { expect, it } from 'vitest';
import { parseCoreList } from './pin-worker.ts';

it.each([
  ['0', [0]],
  ['0-1', [0, 1]],
  ['0-2,5,8-9', [0, 1, 2, 5, 8, 9]],
])('reads the cores %s', (list, cores) => {
  expect(parseCoreList(list)).toEqual(cores);
});
