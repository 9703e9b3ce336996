import { expect, it } from 'vitest';
import { forEachConcurrent } from './for-each-concurrent.ts';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const numbers = Array.from({ length: 20 }, (_, index) => index);

it('calls the work once for each item, up to the limit at a time', async () => {
  const seen: number[] = [];
  let running = 0;
  let max = 0;
  await forEachConcurrent(numbers, 3, async (number) => {
    running += 1;
    max = Math.max(max, running);
    await nextTurn();
    seen.push(number);
    running -= 1;
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual(numbers);
  expect(max).toBe(3);
});

it('starts nothing after a failure and rejects when the running calls have ended', async () => {
  const failure = new Error('the third');
  const started: number[] = [];
  let running = 0;
  const result = forEachConcurrent(numbers, 3, async (number) => {
    started.push(number);
    running += 1;
    for (let turns = 0; turns < number * 3; turns++) await nextTurn();
    running -= 1;
    if (number === 2) throw failure;
  });
  await expect(result).rejects.toBe(failure);
  expect(running).toBe(0);
  expect(started.length).toBeLessThan(8);
});

it('rejects with the failure of a source, when the running calls have ended', async () => {
  const failure = new Error('broken');
  let running = 0;
  async function* brokenSource() {
    yield* [1, 2];
    throw failure;
  }
  const result = forEachConcurrent(brokenSource(), 3, async () => {
    running += 1;
    for (let turns = 0; turns < 10; turns++) await nextTurn();
    running -= 1;
  });
  await expect(result).rejects.toBe(failure);
  expect(running).toBe(0);
});

it('closes its source after a failure', async () => {
  let isClosed = false;
  async function* endlessSource() {
    try {
      for (let number = 0; ; number++) yield number;
    } finally {
      isClosed = true;
    }
  }
  const failure = new Error('the tenth');
  const result = forEachConcurrent(endlessSource(), 3, async (number) => {
    if (number === 10) throw failure;
  });
  await expect(result).rejects.toBe(failure);
  expect(isClosed).toBe(true);
});

it('does nothing without items', async () => {
  await forEachConcurrent([], 3, () => Promise.reject(new Error('there is no item')));
});
