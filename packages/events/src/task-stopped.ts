import { z } from 'zod';
import { capacitySchema } from './task-request.ts';
import { transcodeRequestSchema } from './transcode-request.ts';

const taskOverridesSchema = z.object({
  cpu: z.string().optional(),
  memory: z.string().optional(),
  ephemeralStorage: z.object({ sizeInGiB: z.number().optional() }).optional(),
  containerOverrides: z
    .array(
      z.object({
        environment: z
          .array(z.object({ name: z.string().optional(), value: z.string().optional() }))
          .optional(),
      }),
    )
    .optional(),
});

/**
 * "ECS Task State Change": delivered at least once and in any order; `detail.version` increases with each change of a
 * task.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export const taskStateChangeSchema = z.object({
  source: z.literal('aws.ecs'),
  'detail-type': z.literal('ECS Task State Change'),
  detail: z.object({
    taskArn: z.string().min(1),
    clusterArn: z.string().min(1),
    lastStatus: z.string(),
    version: z.number(),
    startedBy: z.string().optional(),
    stopCode: z.string().optional(),
    stoppedReason: z.string().optional(),
    capacityProviderName: z.string().optional(),
    cpu: z.string().optional(),
    memory: z.string().optional(),
    ephemeralStorage: z.object({ sizeInGiB: z.number().optional() }).optional(),
    pullStartedAt: z.string().optional(),
    startedAt: z.string().optional(),
    stoppedAt: z.string().optional(),
    overrides: taskOverridesSchema.optional(),
    containers: z
      .array(z.object({ exitCode: z.int().optional(), reason: z.string().optional() }))
      .default([]),
  }),
});

/** What a task used, as far as ECS says it. */
export const taskUsageSchema = z.strictObject({
  attempt: z.int().positive(),
  slot: z.int().nonnegative(),
  capacity: capacitySchema,
  cpuUnits: z.int().positive(),
  memoryMiB: z.int().positive(),
  ephemeralStorageGiB: z.int().positive(),
  /** From the pull of its image to its end; 0 if it did not come so far. */
  seconds: z.number().nonnegative(),
});
export type TaskUsage = z.infer<typeof taskUsageSchema>;

/** What the invoker needs to know about a stopped task. */
export const stoppedTaskSchema = z.strictObject({
  taskArn: z.string().min(1),
  /** The job that it was started for (`startedBy` of RunTask); null if Fyrestream did not start it. */
  startedBy: z.string().nullable(),
  stopCode: z.string().nullable(),
  stoppedReason: z.string().nullable(),
  exitCode: z.int().nullable(),
  containerReason: z.string().nullable(),
  /** Absent where ECS no longer knows the task. */
  usage: taskUsageSchema.optional(),
});
export type StoppedTask = z.infer<typeof stoppedTaskSchema>;

export function stoppedTaskOf(change: z.infer<typeof taskStateChangeSchema>): StoppedTask {
  const { detail } = change;
  const usage = usageOf(detail);
  const container =
    detail.containers.find((candidate) => candidate.exitCode !== undefined) ?? detail.containers[0];
  return {
    taskArn: detail.taskArn,
    startedBy: detail.startedBy ?? null,
    stopCode: detail.stopCode ?? null,
    stoppedReason: detail.stoppedReason ?? null,
    exitCode: container?.exitCode ?? null,
    containerReason: container?.reason ?? null,
    ...(usage !== null && { usage }),
  };
}

type Times = 'pullStartedAt' | 'startedAt' | 'stoppedAt';

/** A task as an event and DescribeTasks show it; the times are text in one and dates in the other. */
export interface DescribedTask extends Partial<Record<Times, string | Date | undefined>> {
  readonly capacityProviderName?: string | undefined;
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
  readonly ephemeralStorage?: { readonly sizeInGiB?: number | undefined } | undefined;
  readonly overrides?: z.infer<typeof taskOverridesSchema> | undefined;
}

/** Of a task that asks for none. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html */
const defaultStorageGiB = 20;

/**
 * Fargate bills vCPU and memory from the pull of the image until the task stops.
 * @returns null for a task of which ECS does not say this, or that is none of a job
 * @see https://aws.amazon.com/fargate/pricing/
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html
 */
export function usageOf(task: DescribedTask): TaskUsage | null {
  const { overrides = {}, pullStartedAt, startedAt, stoppedAt } = task;
  const variables = overrides.containerOverrides?.flatMap(({ environment = [] }) => environment) ?? [];
  const request = variables.find(({ name }) => name === 'FYRESTREAM_REQUEST')?.value;
  const parsed = transcodeRequestSchema.safeParse(parseJson(request ?? ''));
  const from = pullStartedAt ?? startedAt;
  if (!parsed.success || stoppedAt === undefined) return null;
  const usage = taskUsageSchema.safeParse({
    attempt: parsed.data.attempt,
    slot: parsed.data.slot,
    capacity: task.capacityProviderName === 'FARGATE_SPOT' ? 'spot' : 'on-demand',
    // What RunTask overrides takes precedence over the task definition.
    cpuUnits: Number(overrides.cpu ?? task.cpu),
    memoryMiB: Number(overrides.memory ?? task.memory),
    ephemeralStorageGiB:
      overrides.ephemeralStorage?.sizeInGiB ?? task.ephemeralStorage?.sizeInGiB ?? defaultStorageGiB,
    seconds: from === undefined ? 0 : Math.max(0, (timeOf(stoppedAt) - timeOf(from)) / 1_000),
  });
  return usage.success ? usage.data : null;
}

function timeOf(time: string | Date): number {
  return new Date(time).getTime();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
