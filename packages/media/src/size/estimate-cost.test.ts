import { describe, expect, it } from 'vitest';
import { estimateCost, taskSecondsOf } from './estimate-cost.ts';
import { fargatePrices } from './fargate-prices.ts';

const fullHdHour = { sizeBytes: 2_000_000_000, durationSeconds: 3600, width: 1920, height: 1080 };
const task = { cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 21 };

describe('estimateCost', () => {
  it('prices an hour of Full HD on four CPUs', () => {
    // 3600 s x 5.8 / 4 CPUs + 60 s = 5280 s at 4 x 0.04048 + 8 x 0.004445 + 0.000111 dollars per hour.
    const { dollars, dollarsOnSpot, taskSeconds } = estimateCost(fullHdHour, task, fargatePrices.x86_64);
    expect(taskSeconds).toBeCloseTo(5280);
    expect(dollars).toBeCloseTo(0.2898, 5);
    expect(dollarsOnSpot).toBeCloseTo(0.14498, 5);
  });

  it('is reversed by the time for which a task costs so much', () => {
    const { dollars, taskSeconds } = estimateCost(fullHdHour, task, fargatePrices.x86_64);
    expect(taskSecondsOf(dollars, task, fargatePrices.x86_64)).toBeCloseTo(taskSeconds);
  });

  it('is cheaper on ARM, and never below one minute of a task', () => {
    const clip = { ...fullHdHour, durationSeconds: 1 };
    expect(estimateCost(clip, task, fargatePrices.arm64).taskSeconds).toBeGreaterThanOrEqual(60);
    const dollars = (machine: 'x86_64' | 'arm64') => estimateCost(clip, task, fargatePrices[machine]).dollars;
    expect(dollars('arm64')).toBeLessThan(dollars('x86_64'));
  });

  it('prices twelve hours of silence at one kilobit per second by their duration', () => {
    const bomb = { sizeBytes: 5_400_000, durationSeconds: 43_200, width: 1920, height: 1080 };
    expect(estimateCost(bomb, task, fargatePrices.x86_64).dollars).toBeGreaterThan(3);
  });
});
