import { z } from 'zod';
import { jobOutputsSchema } from './job-outputs.ts';
import { reasonSchema } from './reason.ts';
import { jobCostSchema } from './receipt/job-cost.ts';
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
  /** A job that is over, its status as before: its last task has stopped, so its cost is known. */
  'job-billed',
]);

/** A change of a job's status as it is published, at least once; repetitions have the same `eventId`. */
export const jobEventSchema = z.strictObject({
  schemaVersion: z.literal(1),
  eventId: z.string().min(1),
  kind: jobEventKindSchema,
  jobId: jobIdSchema,
  sourceKey: z.string(),
  /** Of the options of the upload, once it was inspected. Absent where it has none. */
  label: z.string().min(1).optional(),
  status: jobStatusSchema,
  reason: reasonSchema.nullable(),
  outputs: jobOutputsSchema.nullable(),
  /** Of a job that is over: what it has cost so far. Absent where an earlier release admitted it. */
  cost: jobCostSchema.optional(),
  at: z.iso.datetime(),
});
export type JobEvent = z.infer<typeof jobEventSchema>;
