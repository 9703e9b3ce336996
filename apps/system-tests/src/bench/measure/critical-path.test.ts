import { expect, it } from 'vitest';
import { criticalPathSeconds, extrapolateSeconds } from './critical-path.ts';

const times = { startSeconds: 1, planSeconds: 2, unitSeconds: [1, 6, 6, 6, 6], assemblySeconds: 3 };

it('adds up everything for one worker', () => {
  expect(criticalPathSeconds(times, 1)).toBe(1 + 2 + 25 + 3);
});

it('gives each free worker the next unit, and starts further workers when there is a plan', () => {
  // The first takes 1 + 6 + 6, the second starts after 1 and takes 6 + 6.
  expect(criticalPathSeconds(times, 2)).toBe(1 + 2 + 13 + 3);
  // The first takes 1 + 6 + 6, the others start after 2 and take 6 each.
  expect(criticalPathSeconds({ ...times, startSeconds: 2 }, 3)).toBe(2 + 2 + 13 + 3);
});

it('does not go below the start of a worker and the longest unit, however many workers there are', () => {
  expect(criticalPathSeconds(times, 16)).toBe(1 + 2 + (1 + 6) + 3);
});

it('does not wait for workers that find no unit', () => {
  expect(criticalPathSeconds({ ...times, startSeconds: 50, unitSeconds: [6] }, 4)).toBe(50 + 2 + 6 + 3);
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
