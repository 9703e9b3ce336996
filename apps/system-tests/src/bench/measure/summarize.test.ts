import { expect, it } from 'vitest';
import { ratios, summarize } from './summarize.ts';

it('gives the median and the spread of an odd and of an even number of runs', () => {
  expect(summarize([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, values: [3, 1, 2] });
  expect(summarize([4, 1, 2, 3]).median).toBe(2.5);
  expect(summarize([7]).median).toBe(7);
});

it('has no median without a run', () => {
  expect(summarize([]).median).toBeNaN();
});

it('divides the runs of the same round, so that load that changes between rounds cancels out', () => {
  expect(ratios([10, 30], [5, 15])).toEqual([2, 2]);
});

it('leaves out a round that has only one of both runs', () => {
  expect(ratios([10, 30], [5])).toEqual([2]);
});
