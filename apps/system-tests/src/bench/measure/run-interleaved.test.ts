import { expect, it } from 'vitest';
import { runInterleaved } from './run-interleaved.ts';

it('alternates between the variants in every round', async () => {
  const order: string[] = [];
  const results = await runInterleaved(
    { split: async () => order.push('split'), unsplit: async () => order.push('unsplit') },
    2,
    () => {},
  );
  expect(order).toEqual(['split', 'unsplit', 'split', 'unsplit']);
  expect(results).toEqual({ split: [1, 3], unsplit: [2, 4] });
});

it('reports each result with its round', async () => {
  const reported: unknown[] = [];
  await runInterleaved({ one: async () => 5 }, 2, (...result) => reported.push(result));
  expect(reported).toEqual([
    ['one', 1, 5],
    ['one', 2, 5],
  ]);
});
