import { expect, it } from 'vitest';
import { describeCostLimit } from './cost-limit.ts';

it.each([
  [0.000_42, 0.0001, '0.00042'],
  [0.001_234, 0.001, '0.0013'],
  [0.07, 0.05, '0.070'],
  [0.1 + 0.2, 0.2, '0.30'],
  [1.004, 1, '1.01'],
  [12.3, 10, '12.30'],
])(
  'an estimate of %s dollars above a limit of %s is told as %s, never as no more than the limit',
  (estimate, limit, told) => {
    expect(describeCostLimit(estimate, limit)).toBe(
      `The estimated cost of ${told} USD is above the limit of ${limit} USD`,
    );
  },
);
