import {
  type BilledServices,
  type BilledTask,
  type JobOutputs,
  type TaskUsage,
  taskIdOf,
  type UnitRecord,
} from '@fyrestream/events';
import { hourlyDollars } from './estimate-cost.ts';
import type { FargatePrices } from './fargate-prices.ts';

/** Fargate bills whole seconds, and at least a minute. @see https://aws.amazon.com/fargate/pricing/ */
const minBilledSeconds = 60;
/** S3 Standard in us-east-1; up to 40% more in other regions. @see https://aws.amazon.com/s3/pricing/ */
const dollarsPerWrite = 0.000005;
const dollarsPerRead = 0.0000004;
const dollarsPerGibibyteMonth = 0.023;
const gibibyte = 1024 ** 3;

/** What a stopped task cost. The discount of Spot is the assumed one: ECS does not say the price of the hour. */
export function billTask(taskArn: string, usage: TaskUsage, prices: FargatePrices): BilledTask {
  const { attempt, slot, capacity, cpuUnits, memoryMiB, ephemeralStorageGiB, seconds } = usage;
  const size = { cpuUnits, memoryMiB, ephemeralStorageGiB };
  const billedSeconds = seconds === 0 ? 0 : Math.max(minBilledSeconds, Math.ceil(seconds));
  const { hourly, storageHourly } = hourlyDollars(size, prices);
  const share = capacity === 'spot' ? 1 - prices.spotDiscountShare : 1;
  return {
    taskId: taskIdOf(taskArn),
    ...{ attempt, slot, capacity, size, billedSeconds },
    costUsd: (billedSeconds / 3600) * (hourly * share + storageHourly),
  };
}

/** What S3 costs for a job: the requests of its workers as their units report them, and a month of its published files. */
export function billServices(
  units: readonly Pick<UnitRecord, 'requests'>[],
  outputs: Pick<JobOutputs, 'storage'> | null,
): BilledServices {
  const sum = (kind: 'writes' | 'reads') =>
    units.reduce((total, { requests }) => total + (requests?.[kind] ?? 0), 0);
  const [writes, reads] = [sum('writes'), sum('reads')];
  const stored = outputs?.storage;
  return {
    requests: { writes, reads, costUsd: writes * dollarsPerWrite + reads * dollarsPerRead },
    storage: stored
      ? { ...stored, costUsdPerMonth: (stored.sizeBytes / gibibyte) * dollarsPerGibibyteMonth }
      : null,
  };
}
