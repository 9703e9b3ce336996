import { expect, it } from 'vitest';
import { mapWithLimit } from './map-with-limit.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const numbers = Array.from({ length: 20 }, (_, index) => index);

it('does each item once, never more than a few at once', async () => {
  const seen: number[] = [];
  let running = 0;
  let max = 0;
  await mapWithLimit(numbers, 3, async (number) => {
    running += 1;
    max = Math.max(max, running);
    await turn();
    seen.push(number);
    running -= 1;
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual(numbers);
  expect(max).toBe(3);
});

it('begins nothing after a failure, and leaves nothing running behind the back of its caller', async () => {
  const failure = new Error('the third');
  const begun: number[] = [];
  let running = 0;
  const working = mapWithLimit(numbers, 3, async (number) => {
    begun.push(number);
    running += 1;
    for (let turns = 0; turns < number * 3; turns++) await turn();
    running -= 1;
    if (number === 2) throw failure;
  });
  await expect(working).rejects.toBe(failure);
  expect(running).toBe(0);
  expect(begun.length).toBeLessThan(8);
});

it('has nothing to do without items', async () => {
  await mapWithLimit([], 3, () => Promise.reject(new Error('there is no item')));
});
