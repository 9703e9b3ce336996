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
  requests: { writes: 0, reads: 0, costUsd: 0 },
  storage: null,
};

export function hasTask({ tasks }: Receipt, taskId: string): boolean {
  return tasks.some((task) => task.taskId === taskId);
}

/** The receipt with another task. */
export function addTask(receipt: Receipt, task: BilledTask, services: BilledServices): Receipt {
  const tasks = [...receipt.tasks, task];
  const [first] = tasks;
  if (first === undefined || tasks.length <= maxTasks) return { ...receipt, ...services, tasks };
  const { earlier } = receipt;
  return {
    ...services,
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
