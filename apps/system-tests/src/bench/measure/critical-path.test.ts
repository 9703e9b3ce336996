import { expect, it } from 'vitest';
import { criticalPathSeconds, extrapolateSeconds } from './critical-path.ts';

const times = { startSeconds: 1, planSeconds: 2, unitSeconds: [1, 6, 6, 6, 6], assemblySeconds: 3 };

it('adds up everything for one worker', () => {
  expect(criticalPathSeconds(times, 1)).toBe(1 + 2 + 25 + 3);
});

it('gives each free worker the next unit', () => {
  // 1 + 6 + 6 on one, 6 + 6 on the other.
  expect(criticalPathSeconds(times, 2)).toBe(1 + 2 + 13 + 3);
  // 1 + 6, 6 + 6, 6 on three.
  expect(criticalPathSeconds(times, 3)).toBe(1 + 2 + 12 + 3);
});

it('does not go below the longest unit, however many workers there are', () => {
  expect(criticalPathSeconds(times, 16)).toBe(1 + 2 + 6 + 3);
});

it('counts plan and assembly of a job without units', () => {
  expect(criticalPathSeconds({ ...times, unitSeconds: [] }, 4)).toBe(6);
});

it('extrapolates a fixed time and a time for each second of material', () => {
  const growth = { short: { materialSeconds: 10, seconds: 3 }, long: { materialSeconds: 30, seconds: 5 } };
  expect(extrapolateSeconds(growth, 3600)).toBeCloseTo(2 + 360);
});

it('takes growth in proportion where noise hides it, so that long films never cost nothing', () => {
  const falling = { short: { materialSeconds: 10, seconds: 6 }, long: { materialSeconds: 30, seconds: 5 } };
  expect(extrapolateSeconds(falling, 60)).toBeCloseTo(10);
});
