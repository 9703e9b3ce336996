import { z } from 'zod';
import { capacitySchema } from '../task-request.ts';

const dollars = z.number().nonnegative();

/** A task of a job, as AWS bills it. */
export const billedTaskSchema = z.strictObject({
  /** The last part of its ARN. */
  taskId: z.string().min(1),
  attempt: z.int().positive(),
  /** 0 is the leading worker. */
  slot: z.int().nonnegative(),
  capacity: capacitySchema,
  /** As ECS says it: a size that a request of today could not have must not make the record unreadable. */
  size: z.strictObject({
    cpuUnits: z.int().positive(),
    memoryMiB: z.int().positive(),
    ephemeralStorageGiB: z.int().positive(),
  }),
  /** 0 for a task that ECS did not start. */
  billedSeconds: z.int().nonnegative(),
  costUsd: dollars,
});
export type BilledTask = z.infer<typeof billedTaskSchema>;

/** What a job really cost, by the times that ECS reports. The prices are those of the time when it was recorded. */
export const receiptSchema = z.strictObject({
  /** All attempts and additional workers whose tasks have stopped; the last of them. */
  tasks: z.array(billedTaskSchema),
  /** The sums of the tasks before. */
  earlier: z.strictObject({
    tasks: z.int().nonnegative(),
    billedSeconds: z.int().nonnegative(),
    spotSeconds: z.int().nonnegative(),
    costUsd: dollars,
  }),
  /**
   * Tasks that ECS started and that are not billed yet. ECS forgets a task an hour after its end: then only a late event can still
   * bill it.
   */
  unbilled: z.array(z.strictObject({ taskArn: z.string().min(1), isForgotten: z.boolean() })).default([]),
  /** To S3, by the workers: those that write, copy or list, and all others. */
  requests: z.strictObject({
    writes: z.int().nonnegative(),
    reads: z.int().nonnegative(),
    costUsd: dollars,
  }),
  /** The published files; null until the job has succeeded. */
  storage: z
    .strictObject({
      files: z.int().nonnegative(),
      sizeBytes: z.int().nonnegative(),
      costUsdPerMonth: dollars,
    })
    .nullable(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Everything but tasks, as it is known when one of them stops. */
export type BilledServices = Pick<Receipt, 'requests' | 'storage'>;

/** A record has 400 KB at most, and a job with many workers has many tasks. */
const maxTasks = 24;

export const emptyReceipt: Receipt = {
  tasks: [],
  earlier: { tasks: 0, billedSeconds: 0, spotSeconds: 0, costUsd: 0 },
  unbilled: [],
  requests: { writes: 0, reads: 0, costUsd: 0 },
  storage: null,
};

export function taskIdOf(taskArn: string): string {
  return taskArn.slice(taskArn.lastIndexOf('/') + 1);
}

/** The receipt with a task that ECS has started. */
export function openTask(receipt: Receipt, taskArn: string): Receipt {
  if (isListed(receipt, taskIdOf(taskArn))) return receipt;
  return { ...receipt, unbilled: [...receipt.unbilled, { taskArn, isForgotten: false }] };
}

/** The receipt with a task that can no longer be looked up. */
export function forgetTask(receipt: Receipt, taskArn: string): Receipt {
  const unbilled = receipt.unbilled.map((task) =>
    task.taskArn === taskArn ? { ...task, isForgotten: true } : task,
  );
  return { ...receipt, unbilled };
}

/** The ARNs of tasks that can be looked up to bill them. */
export function tasksToBill({ receipt }: { readonly receipt?: Receipt | undefined }): string[] {
  const unbilled = receipt?.unbilled ?? [];
  return unbilled.filter(({ isForgotten }) => !isForgotten).map(({ taskArn }) => taskArn);
}

/**
 * Whether a task may have been billed. One whose start was not recorded, because an invoker stopped in between, is billed as long
 * as all tasks are listed: later it may be one of those before.
 */
export function mayHaveBeenBilled(receipt: Receipt, taskId: string): boolean {
  if (receipt.unbilled.some(({ taskArn }) => taskIdOf(taskArn) === taskId)) return false;
  return receipt.earlier.tasks > 0 || isListed(receipt, taskId);
}

function isListed({ tasks }: Receipt, taskId: string): boolean {
  return tasks.some((task) => task.taskId === taskId);
}

/** The receipt with a task that has stopped. */
export function addTask(before: Receipt, task: BilledTask, services: BilledServices): Receipt {
  const unbilled = before.unbilled.filter(({ taskArn }) => taskIdOf(taskArn) !== task.taskId);
  const tasks = [...before.tasks, task];
  const receipt = { ...before, ...services, unbilled, tasks };
  const [first] = tasks;
  if (first === undefined || tasks.length <= maxTasks) return receipt;
  const { earlier } = receipt;
  return {
    ...receipt,
    tasks: tasks.slice(1),
    earlier: {
      tasks: earlier.tasks + 1,
      billedSeconds: earlier.billedSeconds + first.billedSeconds,
      spotSeconds: earlier.spotSeconds + spotSecondsOf(first),
      costUsd: earlier.costUsd + first.costUsd,
    },
  };
}

export function spotSecondsOf({ capacity, billedSeconds }: BilledTask): number {
  return capacity === 'spot' ? billedSeconds : 0;
}
