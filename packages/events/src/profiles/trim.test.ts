import { expect, it } from 'vitest';
import { trimSchema } from './trim.ts';

it.each([{ from: 2.5 }, { to: 10 }, { from: 2.5, to: 2.6 }, { from: 0, to: 0.1 }])('accepts %j', (trim) => {
  expect(trimSchema.parse(trim)).toEqual(trim);
});

it.each([
  [{}, []],
  [{ from: -1 }, ['from']],
  [{ from: 5, to: 5 }, ['to']],
  [{ from: 5, to: 3 }, ['to']],
  [{ to: 0 }, ['to']],
  [{ from: 1, until: 2 }, []],
])('refuses %j by its field', (trim, path) => {
  expect(trimSchema.safeParse(trim).error?.issues.map((issue) => issue.path)).toEqual([path]);
});
