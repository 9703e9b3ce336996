import { av1Ladder, defaultLadderConfig, fargateSizeError, type LadderConfig } from '@fyrestream/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SourceEstimate, workOfSource } from './encode-work.ts';
import { sizeTask, withLargerDisk, withLargerMemory } from './size-task.ts';

const gibibyte = 1024 ** 3;
const sizeOf = (source: SourceEstimate, ladder: LadderConfig = defaultLadderConfig) =>
  sizeTask(workOfSource(source, ladder));

describe('sizeTask', () => {
  it('gives Full HD four CPUs and the minimum storage', () => {
    const source = { sizeBytes: 500_000_000, durationSeconds: 600, width: 1920, height: 1080 };
    expect(sizeOf(source)).toEqual({ cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 21 });
  });

  it('F24 gives 4K eight CPUs and enough disk for a source of 40 GiB and its outputs', () => {
    const source = { sizeBytes: 40 * gibibyte, durationSeconds: 7200, width: 3840, height: 2160 };
    expect(sizeOf(source)).toEqual({ cpuUnits: 8192, memoryMiB: 16_384, ephemeralStorageGiB: 68 });
  });

  it('gives a ladder of one small rung fewer CPUs, and one with AV1 more', () => {
    const source = { sizeBytes: 500_000_000, durationSeconds: 600, width: 1920, height: 1080 };
    const [h264] = defaultLadderConfig.ladders;
    const small = h264 ? [{ ...h264, rungs: h264.rungs.slice(-1) }] : [];
    expect(sizeOf(source, { ...defaultLadderConfig, ladders: small }).cpuUnits).toBe(1024);
    const more = { ...defaultLadderConfig, ladders: [...defaultLadderConfig.ladders, av1Ladder] };
    expect(sizeOf(source, more).cpuUnits).toBe(16_384);
  });

  it('treats video of unknown size as Full HD', () => {
    expect(sizeOf({ sizeBytes: 1000 }).cpuUnits).toBe(4096);
  });

  it('chooses only sizes that Fargate offers, and enlarges only to such sizes', () => {
    const optional = (max: number) => fc.option(fc.integer({ min: 0, max }), { nil: null });
    const source = fc.record({
      sizeBytes: fc.integer({ min: 0, max: 5000 * gibibyte }),
      durationSeconds: optional(200_000),
      width: optional(20_000),
      height: optional(20_000),
    });
    fc.assert(
      fc.property(source, (facts) => {
        for (
          let size: ReturnType<typeof withLargerMemory> = sizeOf(facts, {
            ...defaultLadderConfig,
            ladders: [...defaultLadderConfig.ladders, av1Ladder],
          });
          size;
          size = withLargerMemory(size)
        ) {
          expect(fargateSizeError(size)).toBeNull();
        }
      }),
    );
  });
});

describe('withLargerDisk', () => {
  it('F24 doubles the disk up to the limit of Fargate', () => {
    const size = { cpuUnits: 4096, memoryMiB: 8192, ephemeralStorageGiB: 69 };
    expect(withLargerDisk(size)).toEqual({ ...size, ephemeralStorageGiB: 138 });
    expect(withLargerDisk({ ...size, ephemeralStorageGiB: 138 })).toEqual({
      ...size,
      ephemeralStorageGiB: 200,
    });
    expect(withLargerDisk({ ...size, ephemeralStorageGiB: 200 })).toBeNull();
  });
});

describe('withLargerMemory', () => {
  it('doubles the memory up to the limit of Fargate, with more CPUs if they are required', () => {
    const size = { cpuUnits: 4096, memoryMiB: 16_384, ephemeralStorageGiB: 21 };
    expect(withLargerMemory(size)).toEqual({ cpuUnits: 8192, memoryMiB: 32_768, ephemeralStorageGiB: 21 });
    const largest = { ...size, cpuUnits: 16_384, memoryMiB: 122_880 };
    expect(withLargerMemory({ ...largest, memoryMiB: 65_536 })).toEqual(largest);
    expect(withLargerMemory(largest)).toBeNull();
  });
});
