import { z } from 'zod';
import { stoppedTaskSchema } from './task-stopped.ts';
import { jobIdSchema, uploadSchema } from './upload.ts';

/** What Fyrestream sends to itself over the control queue. */
export const controlMessageSchema = z.discriminatedUnion('kind', [
  /** A time in a job's record has come. */
  z.strictObject({ kind: z.literal('job-due'), jobId: jobIdSchema }),
  /** The schedule's periodic look for what no event told of. */
  z.strictObject({ kind: z.literal('sweep-requested') }),
]);
export type ControlMessage = z.infer<typeof controlMessageSchema>;

/** What the poller asks of the invoker: one message, one synchronous call. */
export const invokerMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload-received'), upload: uploadSchema }),
  z.strictObject({ kind: z.literal('task-stopped'), task: stoppedTaskSchema }),
  ...controlMessageSchema.options,
]);
export type InvokerMessage = z.infer<typeof invokerMessageSchema>;
