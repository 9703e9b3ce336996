import { fargatePrices } from '@fyrestream/media';
import { expect, it } from 'vitest';
import { startAttemptTimeLimit } from './attempt-time-limit.ts';

const prices = fargatePrices({ region: 'us-east-1', architecture: 'x86_64' });
const size = { cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 21 };

it.each([
  ['of a small file is half an hour', 0.0016, 1_800, 'estimate-exceeded'],
  ['of a film is a multiple of its estimate', 0.05, 27_329, 'estimate-exceeded'],
  ['of a long film is that of the stack', 1, 43_200, 'deadline-exceeded'],
  ['without an estimate is that of the stack', null, 43_200, 'deadline-exceeded'],
])('the time limit %s', async (_case, costEstimateUsd, seconds, code) => {
  let slept = 0;
  const timers = {
    async sleep(milliseconds: number) {
      slept = milliseconds / 1_000;
    },
  };
  const settings = {
    attemptHours: 12,
    unitSeconds: 48,
    prices,
    outputBucket: '',
    profiles: new Map(),
    scratchDirectory: '',
  };
  const { signal } = startAttemptTimeLimit({ timers, settings } as never, { costEstimateUsd, size });
  await Promise.resolve();
  expect(Math.round(slept)).toBe(seconds);
  expect(signal.reason).toMatchObject({ code, retryable: false });
});
