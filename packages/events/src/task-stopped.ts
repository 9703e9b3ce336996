import { z } from 'zod';

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
    startedAt: z.string().optional(),
    containers: z
      .array(z.object({ exitCode: z.int().optional(), reason: z.string().optional() }))
      .default([]),
  }),
});

/** What the invoker needs to know about a stopped task. */
export const stoppedTaskSchema = z.strictObject({
  taskArn: z.string().min(1),
  /** The job that it was started for (`startedBy` of RunTask); null if Fyrestream did not start it. */
  startedBy: z.string().nullable(),
  stopCode: z.string().nullable(),
  stoppedReason: z.string().nullable(),
  exitCode: z.int().nullable(),
  containerReason: z.string().nullable(),
});
export type StoppedTask = z.infer<typeof stoppedTaskSchema>;

export function stoppedTaskOf(change: z.infer<typeof taskStateChangeSchema>): StoppedTask {
  const { detail } = change;
  const container =
    detail.containers.find((candidate) => candidate.exitCode !== undefined) ?? detail.containers[0];
  return {
    taskArn: detail.taskArn,
    startedBy: detail.startedBy ?? null,
    stopCode: detail.stopCode ?? null,
    stoppedReason: detail.stoppedReason ?? null,
    exitCode: container?.exitCode ?? null,
    containerReason: container?.reason ?? null,
  };
}
