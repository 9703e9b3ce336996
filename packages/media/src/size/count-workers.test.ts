import { defaultLadderConfig } from '@fyrestream/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWorkers } from './count-workers.ts';
import { workOfSource } from './encode-work.ts';

const task = { cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 21 };
const fullHd = (durationSeconds: number) =>
  workOfSource({ sizeBytes: 2e9, durationSeconds, width: 1920, height: 1080 }, defaultLadderConfig);
const unitsOf = (videoUnits: number) => ({
  units: [
    { kind: 'audio' as const },
    ...Array.from({ length: videoUnits }, () => ({ kind: 'video' as const })),
  ],
});
const limits = { maxWorkersPerJob: 16, targetMinutes: 10 };

describe('countWorkers', () => {
  it('encodes an hour of Full HD, 75 minutes on four vCPUs, within ten minutes by eight workers', () => {
    expect(countWorkers(fullHd(3600), task, unitsOf(120), limits)).toBe(8);
    expect(countWorkers(fullHd(3600), task, unitsOf(120), { ...limits, targetMinutes: 40 })).toBe(2);
    expect(countWorkers(fullHd(3600), { ...task, cpuUnits: 8192 }, unitsOf(120), limits)).toBe(4);
  });

  it('gives a clip one worker, and a film no more than the limit', () => {
    expect(countWorkers(fullHd(60), task, unitsOf(4), limits)).toBe(1);
    expect(countWorkers(fullHd(7200), task, unitsOf(240), { ...limits, maxWorkersPerJob: 3 })).toBe(3);
  });

  it('never wants more workers than there are video units, and always one', () => {
    const count = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(
        count,
        fc.integer({ min: 1, max: 16 }),
        fc.integer({ min: 0, max: 1e5 }),
        (units, max, s) => {
          const workers = countWorkers(fullHd(s), task, unitsOf(units), { ...limits, maxWorkersPerJob: max });
          expect(workers).toBeGreaterThanOrEqual(1);
          expect(workers).toBeLessThanOrEqual(Math.max(1, Math.min(max, units)));
        },
      ),
    );
  });
});
