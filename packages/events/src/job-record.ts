import { z } from 'zod';
import { type AdditionalLaunch, additionalWorkersSchema } from './additional-workers.ts';
import { announcedEventSchema } from './announced-event.ts';
import { jobEventSchema, jobStatusSchema } from './job-event.ts';
import { jobOutputsSchema } from './job-outputs.ts';
import { type Launch, launchSchema } from './launch.ts';
import { makingSchema } from './profiles/making.ts';
import { type Reason, reasonSchema } from './reason.ts';
import { jobCostOf } from './receipt/job-cost.ts';
import { emptyReceipt, receiptSchema } from './receipt/receipt.ts';
import { capacitySchema, taskSizeSchema } from './task-request.ts';
import { jobIdSchema, type Upload, uploadSchema } from './upload.ts';

/** The record of a job in the ledger. Only `advanceJob` changes it, each time by one conditional write on `version`. */
export const jobRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  jobId: jobIdSchema,
  /** Increases by one with every change. */
  version: z.int().positive(),
  upload: uploadSchema,
  status: jobStatusSchema,
  /** Number of launches so far, from 1; steps of an earlier one are refused. */
  attempt: z.int().nonnegative(),
  /** Attempts that failed, without interruptions; their number is limited. */
  failureCount: z.int().nonnegative(),
  /** Attempts that Spot interrupted or that a service hindered; they do not count as failures. */
  interruptionCount: z.int().nonnegative(),
  /** Launches for which AWS had no place or did not start the task, since a worker has started. */
  waitCount: z.int().nonnegative(),
  /** Size and capacity of the next launch. */
  capacity: capacitySchema,
  size: taskSizeSchema,
  /** Whether the task was already enlarged because memory or disk ran out. */
  enlarged: z.boolean(),
  launch: launchSchema.nullable(),
  /** Absent before the plan, and where a job has one worker at most. */
  additional: additionalWorkersSchema.optional(),
  /** The earliest time of the next launch; null if none is due, or if the job waits in line for a place. */
  nextAttemptAt: z.iso.datetime().nullable(),
  /** The token whose outputs the stable files may refer to; it is chosen once and never changes. */
  publication: z.strictObject({ token: z.int().positive() }).nullable(),
  outputs: jobOutputsSchema.nullable(),
  reason: reasonSchema.nullable(),
  /** Events that are not published yet. */
  owed: z.array(jobEventSchema),
  /** Those that were published last, the oldest first. Absent in jobs that an earlier release admitted: their workers may not know it. */
  announced: z.array(announcedEventSchema).optional(),
  /**
   * Present until the upload was inspected. Until then size and cost are not known, and the job is not launched. Absent
   * afterwards, so that workers of an earlier release can read the record.
   */
  awaitsInspection: z.literal(true).optional(),
  /**
   * Since when AWS has not started a task for the job. Absent once a worker has started, so that workers of an earlier release
   * can read the record.
   */
  launchBlockedSince: z.iso.datetime().optional(),
  /** When AWS last refused to launch a job that has stood in line since. Absent otherwise. */
  refusedAt: z.iso.datetime().optional(),
  costEstimateUsd: z.number().nonnegative().nullable(),
  /** Absent until the upload was inspected, and in jobs that an earlier release inspected: their profile is `default`. */
  making: makingSchema.optional(),
  /** Absent in jobs that an earlier release admitted: their workers may not know it. */
  receipt: receiptSchema.optional(),
  /** Whether a person released the job after it was held for its cost. */
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
  /** Whether the upload must be inspected before the first launch. */
  readonly awaitsInspection?: boolean;
  /** Why the upload is refused before any work; null if it is accepted. */
  readonly refusal: Reason | null;
  readonly at: string;
}

/**
 * The first record of a job: queued and due immediately, or failed with a reason. Its first event is to be published.
 */
export function admitJob(job: NewJob): JobRecord {
  const refused = job.refusal !== null;
  const status = refused ? 'failed' : 'queued';
  const receipt = emptyReceipt;
  const cost = refused ? jobCostOf({ ...job, status, receipt }) : null;
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
        ...(cost !== null && { cost }),
        at: job.at,
      },
    ],
    announced: [],
    ...(job.awaitsInspection && !refused && { awaitsInspection: true as const }),
    costEstimateUsd: job.costEstimateUsd,
    receipt,
    costAccepted: false,
    createdAt: job.at,
    updatedAt: job.at,
    startedAt: null,
    finishedAt: refused ? job.at : null,
  };
}

/** Whether workers may work on the job: it runs, or waits for its next attempt. */
export function isActive(job: Pick<JobRecord, 'status'>): boolean {
  return job.status === 'running' || job.status === 'queued';
}

/** Whether the job waits in line: its next launch is not a matter of time, but of its turn. */
export function waitsForPlace(
  job: Pick<JobRecord, 'status' | 'launch' | 'nextAttemptAt' | 'awaitsInspection'>,
): boolean {
  return (
    job.status === 'queued' && job.launch === null && job.nextAttemptAt === null && !job.awaitsInspection
  );
}

/** The launches that hold a place of the stack: of the leading worker and of additional ones. */
export function launchesOf(job: Pick<JobRecord, 'launch' | 'additional'>): readonly Launch[] {
  return [...(job.launch === null ? [] : [job.launch]), ...additionalLaunches(job)];
}

/** The additional workers that hold a place of the stack. */
export function additionalLaunches(job: Pick<JobRecord, 'additional'>): readonly AdditionalLaunch[] {
  return job.additional?.launches ?? [];
}

/** Whether the job stays as it is unless a person retries it. */
export function isTerminal(job: Pick<JobRecord, 'status'>): boolean {
  return job.status === 'succeeded' || job.status === 'failed' || job.status === 'cancelled';
}
