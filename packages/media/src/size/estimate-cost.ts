import type { TaskSize } from '@fyrestream/events';
import type { FargatePrices } from './fargate-prices.ts';
import type { SourceSize } from './size-task.ts';

export interface CostEstimate {
  /** Of one attempt, on demand: the limit that a stack sets is held against the dearer way. */
  dollars: number;
  dollarsOnSpot: number;
  taskSeconds: number;
}

/** Image pull, download, packaging, verification: what a task needs apart from encoding. */
const overheadSeconds = 60;
const minBilledSeconds = 60;

/**
 * CPU seconds per second of Full HD at 30 frames a second for the default ladder: 61.5 CPU seconds for
 * 16 s were measured (x264 veryfast, five rungs, one decode), and half as much again for decoding the
 * results in verification.
 */
const cpuSecondsPerSecond = 5.8;
/** Beyond some eight cores a ladder of five rungs leaves CPUs idle. */
const maxUsableCpus = 8;
/** Where a container tells no duration: the bitrate of a typical upload. */
const assumedBitrateBitsPerSecond = 4_000_000;

/** What a job will cost on Fargate, roughly: for a limit that stops the absurd, not for an invoice. */
export function estimateCost(source: SourceSize, task: TaskSize, prices: FargatePrices): CostEstimate {
  const durationSeconds = source.durationSeconds ?? (source.sizeBytes * 8) / assumedBitrateBitsPerSecond;
  const pixels = (source.width ?? 1920) * (source.height ?? 1080);
  // Above Full HD only decoding and one scaling grow; below, everything shrinks.
  const relativeWork =
    pixels > 1920 * 1080 ? 1 + 0.15 * (pixels / (1920 * 1080) - 1) : pixels / (1920 * 1080);
  const cpus = Math.min(task.cpuUnits / 1024, maxUsableCpus);
  const encodeSeconds = (durationSeconds * cpuSecondsPerSecond * Math.max(relativeWork, 0.05)) / cpus;
  const taskSeconds = Math.max(minBilledSeconds, overheadSeconds + encodeSeconds);
  const hourly =
    (task.cpuUnits / 1024) * prices.dollarsPerVirtualCpuHour +
    (task.memoryMiB / 1024) * prices.dollarsPerGibibyteHour;
  const extraStorage = Math.max(0, task.ephemeralStorageGiB - prices.includedStorageGiB);
  const storageHourly = extraStorage * prices.dollarsPerStorageGibibyteHour;
  const hours = taskSeconds / 3600;
  return {
    dollars: hours * (hourly + storageHourly),
    dollarsOnSpot: hours * (hourly * (1 - prices.spotDiscountShare) + storageHourly),
    taskSeconds,
  };
}
