import { z } from 'zod';
import { jobOutputsSchema } from './job-outputs.ts';
import { reasonSchema } from './reason.ts';
import { jobIdSchema } from './upload.ts';

export const jobStatusSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'held', 'cancelled']);
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** The source of job events on the event bus. */
export const jobEventSource = 'fyrestream';

export const jobEventKindSchema = z.enum([
  'job-queued',
  'job-started',
  'job-retrying',
  'job-succeeded',
  'job-failed',
  'job-held',
  'job-cancelled',
]);

/** A change of a job's status as it is published, at least once; repetitions have the same `eventId`. */
export const jobEventSchema = z.strictObject({
  schemaVersion: z.literal(1),
  eventId: z.string().min(1),
  kind: jobEventKindSchema,
  jobId: jobIdSchema,
  sourceKey: z.string(),
  status: jobStatusSchema,
  reason: reasonSchema.nullable(),
  outputs: jobOutputsSchema.nullable(),
  at: z.iso.datetime(),
});
export type JobEvent = z.infer<typeof jobEventSchema>;
