import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { parseSince } from './parse-since.ts';

const now = Date.parse('2026-11-30T10:00:00.000Z');

it.each([
  ['30m', '2026-11-30T09:30:00.000Z'],
  ['24h', '2026-11-29T10:00:00.000Z'],
  ['7d', '2026-11-23T10:00:00.000Z'],
  ['2026-11-01', '2026-11-01T00:00:00.000Z'],
  ['2026-11-01T12:00+01:00', '2026-11-01T11:00:00.000Z'],
])('%s is %s', (text, time) => {
  expect(parseSince(text, now)).toBe(time);
});

it.each(['', 'yesterday', '7w', '-1d', '2026', '2026-13-01', '1.5h'])('%j is no time', (text) => {
  expect(() => parseSince(text, now)).toThrow(InvalidArgumentError);
});
