import { z } from 'zod';

/** The variables of a stack that are used here. A local cloud writes them to its connection file, a deployed stack to its outputs. */
export const stackEnvironmentSchema = z.object({
  FYRESTREAM_SOURCE_BUCKET: z.string().min(1),
  FYRESTREAM_OUTPUT_BUCKET: z.string().min(1),
  FYRESTREAM_JOBS_TABLE: z.string().min(1),
  FYRESTREAM_RECORD_RETENTION_DAYS: z.coerce.number().int().positive(),
  FYRESTREAM_QUEUE_URL: z.url(),
  FYRESTREAM_DEAD_LETTER_QUEUE_URL: z.url(),
  FYRESTREAM_CONTROL_QUEUE_URL: z.url(),
  FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL: z.url(),
  FYRESTREAM_POLLER_LOG_GROUP: z.string().min(1),
  /** Absent in a stack of an earlier release. */
  FYRESTREAM_INVOKER_LOG_GROUP: z.string().min(1).optional(),
  FYRESTREAM_WORKER_LOG_GROUP: z.string().min(1).optional(),
});
export type StackEnvironment = z.infer<typeof stackEnvironmentSchema>;
