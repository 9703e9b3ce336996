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
  /** Whether the job is over and all of its tasks have stopped. */
  isFinal: z.boolean(),
});
export type JobCost = z.infer<typeof jobCostSchema>;

/** The fields of a job record. */
interface BilledJob {
  readonly receipt?: Receipt | undefined;
  readonly costEstimateUsd: number | null;
  readonly status: string;
  readonly attempt: number;
  readonly launch: object | null;
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

/** Whether the last task of a job that is over has stopped. The leading worker's is known by its attempt: its launch ends with the job. */
function isFullyBilled({ receipt, status, attempt, launch, additional }: BilledJob): boolean {
  const isOver = status === 'succeeded' || status === 'failed' || status === 'cancelled';
  if (!isOver || launch !== null || (additional?.launches ?? []).length > 0) return false;
  return (
    attempt === 0 || (receipt?.tasks.some((task) => task.attempt === attempt && task.slot === 0) ?? false)
  );
}
