import { z } from 'zod';
import { deletedSourceSchema } from './s3-notification.ts';
import { stoppedTaskSchema } from './task-stopped.ts';
import { jobIdOf, jobIdSchema, uploadSchema } from './upload.ts';

/** The messages that Fyrestream sends to itself over the control queue. */
export const controlMessageSchema = z.discriminatedUnion('kind', [
  /** The time of the next attempt of a job has come. */
  z.strictObject({ kind: z.literal('job-due'), jobId: jobIdSchema }),
  /** The scheduled search for jobs whose events were lost. */
  z.strictObject({ kind: z.literal('sweep-requested') }),
  /** A person wants a published version to be made anew: an edition of its upload. */
  z.strictObject({ kind: z.literal('remake-requested'), upload: uploadSchema }),
]);
export type ControlMessage = z.infer<typeof controlMessageSchema>;

/** A request of the poller to the invoker: one message, one synchronous call. */
export const invokerMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('upload-received'), upload: uploadSchema }),
  z.strictObject({ kind: z.literal('source-deleted'), source: deletedSourceSchema }),
  z.strictObject({ kind: z.literal('task-stopped'), task: stoppedTaskSchema }),
  ...controlMessageSchema.options,
]);
export type InvokerMessage = z.infer<typeof invokerMessageSchema>;

/** The job that a message is about; null for the sweep and for the deletion of a source, and for a task that no job has started. */
export function jobIdOfMessage(message: InvokerMessage): string | null {
  switch (message.kind) {
    case 'upload-received':
    case 'remake-requested':
      return jobIdOf(message.upload);
    case 'task-stopped':
      return message.task.startedBy;
    case 'job-due':
      return message.jobId;
    case 'source-deleted':
    case 'sweep-requested':
      return null;
  }
}
