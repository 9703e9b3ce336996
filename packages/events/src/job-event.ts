import { z } from 'zod';
import { jobOutputsSchema } from './job-outputs.ts';
import { reasonSchema } from './reason.ts';
import { jobIdSchema } from './upload.ts';

export const jobStatusSchema = z.enum(['queued', 'running', 'succeeded', 'failed', 'held', 'cancelled']);
export type JobStatus = z.infer<typeof jobStatusSchema>;

/** The source under which job events stand on the event bus. */
export const jobEventSource = 'fyrestream';

/** What the outside world is told of a job, at least once; `eventId` tells repetitions apart. */
export const jobEventSchema = z.strictObject({
  schemaVersion: z.literal(1),
  eventId: z.string().min(1),
  kind: z.enum([
    'job-queued',
    'job-started',
    'job-retrying',
    'job-succeeded',
    'job-failed',
    'job-held',
    'job-cancelled',
  ]),
  jobId: jobIdSchema,
  sourceKey: z.string(),
  status: jobStatusSchema,
  reason: reasonSchema.nullable(),
  outputs: jobOutputsSchema.nullable(),
  at: z.iso.datetime(),
});
export type JobEvent = z.infer<typeof jobEventSchema>;
