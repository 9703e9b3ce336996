import { expect, it } from 'vitest';
import { countUnreported } from './unreported-requests.ts';

it('each request is reported once, with the unit that ends next, beside those of its earlier owners', () => {
  let counts = { writes: 5, reads: 1 };
  const take = countUnreported({ requestCounts: () => counts });
  const claim = (requests?: { writes: number; reads: number }) => ({
    isDetailed: true,
    reported: { progress: 0, requests },
  });
  counts = { writes: 15, reads: 4 };
  // The unit that made the plan is one that workers of an earlier release may read.
  expect(take({ ...claim(), isDetailed: false })).toEqual({});
  expect(take(claim())).toEqual({ requests: { writes: 10, reads: 3 } });
  counts = { writes: 16, reads: 4 };
  expect(take(claim({ writes: 100, reads: 50 }))).toEqual({ requests: { writes: 101, reads: 50 } });
  expect(take(claim())).toEqual({ requests: { writes: 0, reads: 0 } });
});
