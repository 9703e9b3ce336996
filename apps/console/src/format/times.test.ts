import { expect, it } from 'vitest';
import { formatAge, formatPosition, formatSeconds } from './times.ts';

it('shows the two largest units of a duration', () => {
  expect([0, 0.42, 9.9, 12.4, 60, 245, 7_380, 90_000].map(formatSeconds)).toEqual([
    ...['0s', '0.4s', '9.9s', '12s', '1m', '4m 5s', '2h 3m', '1d 1h'],
  ]);
});

it('shows a time of a film as players do', () => {
  expect([0, 5.9, 65, 3_599.99, 3_723, 360_000].map(formatPosition)).toEqual([
    ...['0:00', '0:05', '1:05', '59:59', '1:02:03', '100:00:00'],
  ]);
});

it('shows the age of a time in one unit', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  expect(formatAge('2026-01-01T12:00:01Z', now)).toBe('just now');
  expect(formatAge('2026-01-01T11:57:50Z', now)).toBe('2m ago');
});
