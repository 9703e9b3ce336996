import type { TaskSize } from '@fyrestream/events';
import type { FargatePrices } from './fargate-prices.ts';
import type { SourceEstimate } from './size-task.ts';

export interface CostEstimate {
  /** For one attempt on demand, the more expensive capacity: it is compared with the limit of the stack. */
  dollars: number;
  dollarsOnSpot: number;
  taskSeconds: number;
}

/** Image pull, download, packaging, verification: seconds of a task besides encoding. */
const overheadSeconds = 60;
const minBilledSeconds = 60;

/**
 * CPU seconds per second of Full HD at 30 frames per second for the default ladder: measured 61.5 CPU seconds for 16 s
 * (x264 veryfast, five rungs, one decode), plus half of that for decoding the results in verification.
 */
const cpuSecondsPerSecond = 5.8;
/** With a ladder of five rungs, more CPUs are idle. */
const maxUsableCpus = 8;
/** If the container has no duration: the bitrate of a typical upload. */
const assumedBitrateBitsPerSecond = 4_000_000;

/** Estimates the cost of a job on Fargate. Rough: it is for a cost limit, not for an invoice. */
export function estimateCost(source: SourceEstimate, task: TaskSize, prices: FargatePrices): CostEstimate {
  const durationSeconds = source.durationSeconds ?? (source.sizeBytes * 8) / assumedBitrateBitsPerSecond;
  const pixels = (source.width ?? 1920) * (source.height ?? 1080);
  // Above Full HD only decoding and one scaling grow; below, all work shrinks.
  const relativeWork =
    pixels > 1920 * 1080 ? 1 + 0.15 * (pixels / (1920 * 1080) - 1) : pixels / (1920 * 1080);
  const cpus = Math.min(task.cpuUnits / 1024, maxUsableCpus);
  const encodeSeconds = (durationSeconds * cpuSecondsPerSecond * Math.max(relativeWork, 0.05)) / cpus;
  const taskSeconds = Math.max(minBilledSeconds, overheadSeconds + encodeSeconds);
  const { hourly, storageHourly } = hourlyDollars(task, prices);
  const hours = taskSeconds / 3600;
  return {
    dollars: hours * (hourly + storageHourly),
    dollarsOnSpot: hours * (hourly * (1 - prices.spotDiscountShare) + storageHourly),
    taskSeconds,
  };
}

/** The time for which a task of that size costs so much: the reverse of the estimate, which a job record stores. */
export function taskSecondsOf(dollars: number, task: TaskSize, prices: FargatePrices): number {
  const { hourly, storageHourly } = hourlyDollars(task, prices);
  return (dollars / (hourly + storageHourly)) * 3600;
}

function hourlyDollars(task: TaskSize, prices: FargatePrices): { hourly: number; storageHourly: number } {
  const extraStorage = Math.max(0, task.ephemeralStorageGiB - prices.includedStorageGiB);
  return {
    hourly:
      (task.cpuUnits / 1024) * prices.dollarsPerVirtualCpuHour +
      (task.memoryMiB / 1024) * prices.dollarsPerGibibyteHour,
    storageHourly: extraStorage * prices.dollarsPerStorageGibibyteHour,
  };
}
