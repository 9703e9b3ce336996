import { z } from 'zod';
import { jobEventSchema, jobStatusSchema } from './job-event.ts';
import { jobOutputsSchema } from './job-outputs.ts';
import { type Reason, reasonSchema } from './reason.ts';
import { capacitySchema, taskRequestSchema, taskSizeSchema } from './task-request.ts';
import { jobIdSchema, type Upload, uploadSchema } from './upload.ts';

/** One launch of a worker: planned, then sent, then known by the task that ECS started for it. */
export const launchSchema = z.strictObject({
  attempt: z.int().positive(),
  request: taskRequestSchema,
  taskArn: z.string().nullable(),
  plannedAt: z.iso.datetime(),
});
export type Launch = z.infer<typeof launchSchema>;

/** What the ledger knows of a job. It changes by `advanceJob` alone, one conditional write on `version` each time. */
export const jobRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  jobId: jobIdSchema,
  /** Grows by one with every change. */
  version: z.int().positive(),
  upload: uploadSchema,
  status: jobStatusSchema,
  /** Launches so far, from 1; whoever acts for an earlier one is refused. */
  attempt: z.int().nonnegative(),
  /** Attempts that failed by their own fault; these are limited. */
  failureCount: z.int().nonnegative(),
  /** Attempts that Spot took back; never charged. */
  interruptionCount: z.int().nonnegative(),
  /** Launches that found no place, since the last that did. */
  waitCount: z.int().nonnegative(),
  /** What the next launch is to run on. */
  capacity: capacitySchema,
  size: taskSizeSchema,
  /** Whether a larger size was already given because memory or disk ran out. */
  enlarged: z.boolean(),
  launch: launchSchema.nullable(),
  /** Not before this time is the next launch tried; null where none is due. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /** The one token whose outputs may ever be named by the stable files, once chosen. */
  publication: z.strictObject({ token: z.int().positive() }).nullable(),
  outputs: jobOutputsSchema.nullable(),
  reason: reasonSchema.nullable(),
  /** Events not yet announced. */
  owed: z.array(jobEventSchema),
  costEstimateUsd: z.number().nonnegative().nullable(),
  /** Whether a person released the job although it was held for its cost. */
  costAccepted: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

export interface NewJob {
  readonly jobId: string;
  readonly upload: Upload;
  readonly size: JobRecord['size'];
  readonly capacity: JobRecord['capacity'];
  readonly costEstimateUsd: number | null;
  /** Why the upload is refused at the door; null for one that is taken. */
  readonly refusal: Reason | null;
  readonly at: string;
}

/** The first record of a job: queued and due at once, or refused with a reason; its first event is owed. */
export function admitJob(job: NewJob): JobRecord {
  const refused = job.refusal !== null;
  const status = refused ? 'failed' : 'queued';
  return {
    schemaVersion: 1,
    jobId: job.jobId,
    version: 1,
    upload: job.upload,
    status,
    attempt: 0,
    failureCount: 0,
    interruptionCount: 0,
    waitCount: 0,
    capacity: job.capacity,
    size: job.size,
    enlarged: false,
    launch: null,
    nextAttemptAt: refused ? null : job.at,
    publication: null,
    outputs: null,
    reason: job.refusal,
    owed: [
      {
        schemaVersion: 1,
        eventId: `${job.jobId}-1`,
        kind: refused ? 'job-failed' : 'job-queued',
        jobId: job.jobId,
        sourceKey: job.upload.key,
        status,
        reason: job.refusal,
        outputs: null,
        at: job.at,
      },
    ],
    costEstimateUsd: job.costEstimateUsd,
    costAccepted: false,
    createdAt: job.at,
    updatedAt: job.at,
    startedAt: null,
    finishedAt: refused ? job.at : null,
  };
}

/** Whether nothing more will happen to a job unless a person asks. */
export function isTerminal(job: Pick<JobRecord, 'status'>): boolean {
  return job.status === 'succeeded' || job.status === 'failed' || job.status === 'cancelled';
}
