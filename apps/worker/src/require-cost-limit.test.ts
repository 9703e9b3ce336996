import { fargatePrices, type SourceFacts } from '@fyrestream/media';
import { expect, it } from 'vitest';
import type { JobContext } from './job-context.ts';
import { requireCostLimit } from './require-cost-limit.ts';

/** One hour of 4K at 30 frames per second in one rendition. */
function planOf(codec: string, speed: string | number, width: number, height: number) {
  const rendition = { codec, speed, width, height, maximumBitrateBitsPerSecond: 1_000_000 };
  const video = {
    ...{ displaySize: { width: 3840, height: 2160 }, frameRate: { numerator: 30, denominator: 1 } },
    ...{ frameCounts: null, filters: [], branches: [{ filters: [], renditions: [rendition] }] },
  };
  return { plan: { durationSeconds: 3600, video, audio: [], units: [] } as never, facts: {} as SourceFacts };
}

function contextOf(costAccepted: boolean) {
  const size = { cpuUnits: 8192, memoryMiB: 16_384, ephemeralStorageGiB: 21 };
  return {
    job: { costAccepted, size, upload: { sizeBytes: 1_000_000_000 } },
    settings: {
      ...{ costLimitUsd: 1, maxWorkersPerJob: 1, targetMinutes: 10 },
      prices: fargatePrices({ region: 'us-east-1', architecture: 'x86_64' }),
    },
  } as JobContext;
}

it('holds a job above the limit by what its plan encodes, unless an operator accepted the cost', () => {
  const small = planOf('h264', 'veryfast', 426, 240);
  const large = planOf('av1', 6, 3840, 2160);
  requireCostLimit(contextOf(false), small);
  expect(() => requireCostLimit(contextOf(false), large)).toThrow(
    /above the limit of 1 USD: it plays 3600 s and has 1 rendition\.$/,
  );
  requireCostLimit(contextOf(true), large);
});
