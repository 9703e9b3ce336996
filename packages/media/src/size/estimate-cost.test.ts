import {
  av1Ladder,
  type CodecLadder,
  defaultLadderConfig,
  hevcLadder,
  type LadderConfig,
} from '@fyrestream/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workOfSource } from './encode-work.ts';
import { estimateCost, taskSecondsOf } from './estimate-cost.ts';
import { estimateCpuSeconds } from './estimate-cpu.ts';
import { fargatePrices } from './fargate-prices.ts';
import { sizeTask } from './size-task.ts';

const northVirginia = fargatePrices({ region: 'us-east-1', architecture: 'x86_64' });
const fullHdHour = { sizeBytes: 2_000_000_000, durationSeconds: 3600, width: 1920, height: 1080 };
const uhdHour = { ...fullHdHour, width: 3840, height: 2160 };
const task = { cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 21 };

const h264 = defaultLadderConfig.ladders[0] ?? expect.unreachable();
const withLadders = (...ladders: CodecLadder[]): LadderConfig => ({ ...defaultLadderConfig, ladders });
const withUhdRung = (ladder: CodecLadder): CodecLadder => ({
  ...ladder,
  rungs: [
    { shortEdgePixels: 2160, constantRateFactor: 24, maximumBitrateBitsPerSecond: 16_000_000 },
    ...ladder.rungs,
  ],
});
const one240p = withLadders({ ...h264, rungs: h264.rungs.slice(-1) });
const uhdInAv1 = withLadders(withUhdRung(h264), withUhdRung(av1Ladder));

/** By a task of the size that the estimate chooses. */
function dollarsOf(source: Parameters<typeof workOfSource>[0], ladder: LadderConfig): number {
  const work = workOfSource(source, ladder);
  return estimateCost(work, sizeTask(work), northVirginia).dollars;
}

describe('estimateCost', () => {
  it('prices an hour of Full HD on four CPUs', () => {
    const work = workOfSource(fullHdHour, defaultLadderConfig);
    // 108,000 frames: source 2.07 Mpx x 0.0123, renditions 3.73 Mpx x 0.0374 and 5 x 0.0003; audio 0.055 a second.
    expect(estimateCpuSeconds(work)).toBeCloseTo(18_180, -2);
    const { dollars, dollarsOnSpot, taskSeconds } = estimateCost(work, task, northVirginia);
    expect(taskSeconds).toBeCloseTo(60 + estimateCpuSeconds(work) / 4);
    // At 4 x 0.04048 + 8 x 0.004445 + 0.000111 dollars per hour, and 3,600 segments.
    expect(dollars).toBeCloseTo((taskSeconds / 3600) * 0.197591 + 0.018, 4);
    expect(dollarsOnSpot).toBeCloseTo((taskSeconds / 3600) * 0.098851 + 0.018, 4);
  });

  it('is much lower for one 240p rung and much higher for 4K AV1 than for the default ladder', () => {
    expect(dollarsOf(fullHdHour, one240p)).toBeLessThan(dollarsOf(fullHdHour, defaultLadderConfig) / 4);
    expect(dollarsOf(uhdHour, uhdInAv1)).toBeGreaterThan(8 * dollarsOf(uhdHour, defaultLadderConfig));
  });

  it('rises with each rung, each codec, slower presets and the duration', () => {
    const rising = (...configs: LadderConfig[]) => {
      const dollars = configs.map((config) => dollarsOf(uhdHour, config));
      expect(dollars).toEqual(dollars.toSorted((left, right) => left - right));
      expect(new Set(dollars).size).toBe(dollars.length);
    };
    rising(...h264.rungs.map((_, index) => withLadders({ ...h264, rungs: h264.rungs.slice(-1 - index) })));
    rising(
      withLadders(h264),
      withLadders(h264, hevcLadder),
      withLadders(h264, hevcLadder, av1Ladder),
      withLadders(h264, hevcLadder, { ...av1Ladder, speed: 4 } as CodecLadder),
    );
    const seconds = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(seconds, seconds, (first, more) => {
        const [work, longer] = [first, first + more + 1].map((durationSeconds) =>
          workOfSource({ ...fullHdHour, durationSeconds }, defaultLadderConfig),
        );
        if (work === undefined || longer === undefined) return;
        const cost = (one: typeof work) => estimateCost(one, task, northVirginia).dollars;
        expect(cost(longer)).toBeGreaterThan(cost(work));
      }),
    );
  });

  it('is reversed by the time for which a task costs so much', () => {
    const work = workOfSource(fullHdHour, defaultLadderConfig);
    const { dollars, taskSeconds } = estimateCost(work, task, northVirginia);
    const reversed = taskSecondsOf(dollars, task, northVirginia);
    expect(reversed).toBeGreaterThan(taskSeconds);
    expect(reversed).toBeLessThan(1.2 * taskSeconds);
  });

  it('is less than half a cent for a clip, and never below one minute of a task', () => {
    const clip = { sizeBytes: 20_000, durationSeconds: 1, width: 64, height: 48 };
    expect(dollarsOf(clip, defaultLadderConfig)).toBeLessThan(0.001);
    expect(dollarsOf({ sizeBytes: 20_000 }, defaultLadderConfig)).toBeLessThan(0.005);
    const work = workOfSource(clip, defaultLadderConfig);
    expect(estimateCost(work, task, northVirginia).taskSeconds).toBeGreaterThanOrEqual(60);
  });

  it('prices twelve hours of silence at one kilobit per second by their duration', () => {
    const bomb = { sizeBytes: 5_400_000, durationSeconds: 43_200, width: 1920, height: 1080 };
    expect(dollarsOf(bomb, defaultLadderConfig)).toBeGreaterThan(3);
  });
});

describe('fargatePrices', () => {
  it('depends on region and architecture', () => {
    const price = (region: string, architecture: 'x86_64' | 'arm64' = 'x86_64') =>
      fargatePrices({ region, architecture }).dollarsPerVirtualCpuHour;
    expect(price('eu-central-1')).toBeGreaterThan(price('us-east-1'));
    expect(price('us-east-1', 'arm64')).toBeCloseTo(0.03238, 4);
    expect(price('sa-east-1', 'arm64')).toBeCloseTo(0.0557, 4);
  });

  it('takes the dearest region of the table for one that it lacks', () => {
    const platform = { region: 'mars-north-1', architecture: 'x86_64' } as const;
    expect(fargatePrices(platform)).toEqual(fargatePrices({ ...platform, region: 'sa-east-1' }));
  });
});
