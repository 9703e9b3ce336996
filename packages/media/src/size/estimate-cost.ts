import type { TaskSize } from '@fyrestream/events';
import type { EncodeWork } from './encode-work.ts';
import { estimateCpuSeconds } from './estimate-cpu.ts';
import type { FargatePrices } from './fargate-prices.ts';

export interface CostEstimate {
  /** For one attempt on demand, the more expensive capacity: it is compared with the limit of the stack. */
  dollars: number;
  dollarsOnSpot: number;
  /** Of all tasks together. */
  taskSeconds: number;
  /** Until the last task ends. */
  elapsedSeconds: number;
}

/** Image pull, download, packaging, publishing: seconds of a task besides decoding and encoding. */
const overheadSeconds = 60;
/** As `segmentSeconds` of a plan; each segment of a track is one PUT. */
const segmentSeconds = 6;
/** Of tracks that are kept: one segment after the other is requested, hashed and packaged again. Assumed, not measured. */
const keptBytesPerSecond = 25_000_000;
/** https://aws.amazon.com/s3/pricing/, us-east-1; up to 40% more in other regions. */
const dollarsPerPut = 0.000005;

/**
 * Estimates the cost of a job: its tasks on Fargate and its requests to S3. Rough: it is for a cost limit, not for an invoice.
 * @param workers tasks that share the work equally; each has the overhead of a task
 */
export function estimateCost(
  work: EncodeWork,
  task: TaskSize,
  prices: FargatePrices,
  workers = 1,
): CostEstimate {
  const workSeconds = estimateCpuSeconds(work) / (task.cpuUnits / 1024);
  const keptSeconds = (work.keptBytes ?? 0) / keptBytesPerSecond;
  const taskSeconds = workers * overheadSeconds + workSeconds + keptSeconds;
  const { hourly, storageHourly } = hourlyDollars(task, prices);
  const hours = taskSeconds / 3600;
  const tracks = work.renditions.length + work.audioTracks + (work.keptTracks ?? 0);
  const requests = (tracks * work.durationSeconds * dollarsPerPut) / segmentSeconds;
  return {
    dollars: hours * (hourly + storageHourly) + requests,
    dollarsOnSpot: hours * (hourly * (1 - prices.spotDiscountShare) + storageHourly) + requests,
    taskSeconds,
    elapsedSeconds: overheadSeconds + workSeconds / workers + keptSeconds,
  };
}

/** The time for which a task of that size costs so much: at least that of the estimate, which a job record stores in dollars. */
export function taskSecondsOf(dollars: number, task: TaskSize, prices: FargatePrices): number {
  const { hourly, storageHourly } = hourlyDollars(task, prices);
  return (dollars / (hourly + storageHourly)) * 3600;
}

/** Dollars of an hour on demand, and of its ephemeral storage, for which Spot has no discount. */
export function hourlyDollars(
  task: TaskSize,
  prices: FargatePrices,
): { hourly: number; storageHourly: number } {
  const extraStorage = Math.max(0, task.ephemeralStorageGiB - prices.includedStorageGiB);
  return {
    hourly:
      (task.cpuUnits / 1024) * prices.dollarsPerVirtualCpuHour +
      (task.memoryMiB / 1024) * prices.dollarsPerGibibyteHour,
    storageHourly: extraStorage * prices.dollarsPerStorageGibibyteHour,
  };
}
