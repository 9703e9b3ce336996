import { z } from 'zod';
import { fargateStorageGiB } from './fargate-size.ts';
import { launchTargetSchema } from './launch-target.ts';

/** Spot costs a fraction of on-demand capacity and can be taken back with two minutes' notice. */
export const capacitySchema = z.enum(['spot', 'on-demand']);
export type Capacity = z.infer<typeof capacitySchema>;

/** A size that Fargate offers. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html */
export const taskSizeSchema = z.strictObject({
  /** 1,024 units are one vCPU. */
  cpuUnits: z.int().positive(),
  memoryMiB: z.int().positive(),
  ephemeralStorageGiB: z.int().min(fargateStorageGiB.min).max(fargateStorageGiB.max),
});
export type TaskSize = z.infer<typeof taskSizeSchema>;

/**
 * One RunTask call. It is stored in the record before it is sent and never changed: ECS answers ConflictException if a
 * repetition with the same client token differs in any byte.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
export const taskRequestSchema = z.strictObject({
  ...launchTargetSchema.shape,
  clientToken: z.string().min(1).max(64),
  capacity: capacitySchema,
  size: taskSizeSchema,
  /** The job id, so that the job's tasks can be listed. */
  startedBy: z.string().min(1).max(128),
  environment: z.record(z.string(), z.string()),
});
export type TaskRequest = z.infer<typeof taskRequestSchema>;
