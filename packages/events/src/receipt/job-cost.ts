import { z } from 'zod';
import { type Receipt, spotSecondsOf } from './receipt.ts';

const dollars = z.number().nonnegative();

/** The sums of a receipt, beside the estimate. */
export const jobCostSchema = z.strictObject({
  estimateUsd: dollars.nullable(),
  /** Tasks and requests; storage is a cost of each month. */
  totalUsd: dollars,
  computeUsd: dollars,
  requestsUsd: dollars,
  storageUsdPerMonth: dollars,
  tasks: z.int().nonnegative(),
  taskSeconds: z.int().nonnegative(),
  /** Of `taskSeconds`, those on Spot. */
  spotSeconds: z.int().nonnegative(),
  /** Whether the job is over and all of its tasks have stopped and are billed. */
  isFinal: z.boolean(),
});
export type JobCost = z.infer<typeof jobCostSchema>;

/** The fields of a job record. */
interface BilledJob {
  readonly receipt?: Receipt | undefined;
  readonly costEstimateUsd: number | null;
  readonly status: string;
  readonly additional?: { readonly launches: readonly object[] } | undefined;
}

/** @returns null for a job that an earlier release admitted: it has no receipt */
export function jobCostOf(job: BilledJob): JobCost | null {
  const { receipt } = job;
  if (receipt === undefined) return null;
  const { tasks, earlier, requests, storage } = receipt;
  const sum = (of: (task: (typeof tasks)[number]) => number) =>
    tasks.reduce((total, task) => total + of(task), 0);
  const computeUsd = earlier.costUsd + sum(({ costUsd }) => costUsd);
  return {
    estimateUsd: job.costEstimateUsd,
    totalUsd: computeUsd + requests.costUsd,
    computeUsd,
    requestsUsd: requests.costUsd,
    storageUsdPerMonth: storage?.costUsdPerMonth ?? 0,
    tasks: earlier.tasks + tasks.length,
    taskSeconds: earlier.billedSeconds + sum(({ billedSeconds }) => billedSeconds),
    spotSeconds: earlier.spotSeconds + sum(spotSecondsOf),
    isFinal: isFullyBilled(job),
  };
}

/** Whether a job is over and no task of it is left to bill. An additional launch may have started one whose ARN is not recorded. */
function isFullyBilled({ receipt, status, additional }: BilledJob): boolean {
  const isOver = status === 'succeeded' || status === 'failed' || status === 'cancelled';
  return isOver && (additional?.launches ?? []).length === 0 && receipt?.unbilled.length === 0;
}
