import { z } from 'zod';
import { taskRequestSchema } from './task-request.ts';

/** One launch of a worker: first planned, then sent, then with the ARN of the task that ECS started. */
export const launchSchema = z.strictObject({
  attempt: z.int().positive(),
  request: taskRequestSchema,
  taskArn: z.string().nullable(),
  plannedAt: z.iso.datetime(),
});
export type Launch = z.infer<typeof launchSchema>;
