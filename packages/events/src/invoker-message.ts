import { z } from 'zod';
import { stoppedTaskSchema } from './task-stopped.ts';
import { jobIdSchema, uploadSchema } from './upload.ts';

/** The messages that Fyrestream sends to itself over the control queue. */
export const controlMessageSchema = z.discriminatedUnion('kind', [
  /** The time of the next attempt of a job has come. */
  z.strictObject({ kind: z.literal('job-due'), jobId: jobIdSchema }),
  /** The scheduled search for jobs whose events were lost. */
  z.strictObject({ kind: z.literal('sweep-requested') }),
]);
export type ControlMessage = z.infer<typeof controlMessageSchema>;

/** A request of the poller to the invoker: one message, one synchronous call. */
export const invokerMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload-received'), upload: uploadSchema }),
  z.strictObject({ kind: z.literal('task-stopped'), task: stoppedTaskSchema }),
  ...controlMessageSchema.options,
]);
export type InvokerMessage = z.infer<typeof invokerMessageSchema>;
