import {
  capacitySchema,
  jobCostSchema,
  jobEventKindSchema,
  jobIdSchema,
  jobProgressSchema,
  jobStatusSchema,
  leftOutSchema,
  makingSchema,
  maxAnnouncedEvents,
  progressPhaseSchema,
  publishedRenditionSchema,
  reasonSchema,
  taskSizeSchema,
  trackProgressSchema,
  unitProgressSchema,
} from '@fyrestream/events';
import { z } from '@hono/zod-openapi';
import { orNull } from '../or-null.ts';
import { uploadOptionsView } from '../uploads/upload-schema.ts';

const time = z.iso.datetime();

export const reasonView = z
  .object(reasonSchema.shape)
  .describe('Why: a stable code, and one sentence that says what is wrong and what to do.')
  .openapi('Reason');

const speed = z
  .number()
  .min(0)
  .nullable()
  .describe('Seconds of media per second; null where nothing is measured now.');
const etaSeconds = z.number().min(0).nullable();

const progressView = z
  .object({
    phase: progressPhaseSchema.describe('The status, or what the workers of a running job do.'),
    fraction: z.number().min(0).max(1).describe('0 to 1. It falls where the job begins again.'),
    speed,
    etaSeconds: etaSeconds.describe('Until the job has succeeded; null where it is not known.'),
    waitsFor: z.string().nullable().describe('What a queued job waits for: `a free place`.'),
    queue: z
      .object({ place: z.int().min(1), length: z.int().min(1) })
      .nullable()
      .describe('The place of a job that waits for a task, the oldest first.'),
  })
  .openapi('Progress');

const makingView = z
  .object({
    ...makingSchema.shape,
    options: uploadOptionsView,
    from: makingSchema.shape.from.describe('What named the profile.'),
    priority: makingSchema.shape.priority.describe(
      'Of the options, else of the profile; absent where the settings of the stack decide.',
    ),
  })
  .openapi('Making');

export const jobView = z
  .object({
    jobId: jobIdSchema,
    status: jobStatusSchema,
    sourceKey: z.string().describe('Key of the upload: `videos/` and its path.'),
    tenant: z.string().describe('The first folder below `videos/`, or `default`.'),
    making: orNull(makingView).describe(
      'How it is made; null until the upload was inspected, where it was refused before, and for a job of an earlier release.',
    ),
    sizeBytes: z.int().min(0),
    uploadedAt: time,
    createdAt: time,
    updatedAt: time,
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    reason: orNull(reasonView),
    progress: progressView,
    attempt: z.int().min(0).describe('Number of launches so far.'),
    nextAttemptAt: time.nullable(),
    costEstimateUsd: z.number().min(0).nullable(),
    costUsd: z.number().min(0).nullable().describe('What it cost so far; null without a receipt.'),
    durationSeconds: z.number().min(0).nullable().describe('Of the published video.'),
    damage: z.string().nullable().describe('What is wrong with the source of a published video.'),
  })
  .openapi('Job');
export type JobView = z.infer<typeof jobView>;

const unitView = z
  .object({
    ...unitProgressSchema.shape,
    unitId: z.string().describe('`plan`, `audio`, `video-00001`, `verification-video-00001`, `assembly`.'),
    speed,
    etaSeconds,
    worker: z.string().nullable().describe('The attempt and the slot of the worker that has the unit.'),
    claimedAt: time.nullable(),
    updatedAt: time.nullable(),
  })
  .openapi('Unit');

const trackView = z
  .object({
    ...trackProgressSchema.shape,
    trackId: z.string().describe('`h264-720`'),
    fraction: z.number().min(0).max(1).describe('How much of it is encoded.'),
    verifiedFraction: z.number().min(0).max(1).describe('How much of it was compared with the source.'),
    speed,
    etaSeconds: etaSeconds.describe('Until it is encoded.'),
  })
  .openapi('Track');

export const stepView = z.object({ name: z.string(), seconds: z.number().min(0) }).openapi('Step');

const jobEventView = z
  .object({
    eventId: z.string().describe('The same in each repetition; `webhook-id` of webhooks.'),
    kind: jobEventKindSchema,
    at: time.describe('When it happened.'),
    publishedAt: time.nullable().describe('When the event bus had it; null until then.'),
  })
  .openapi('JobEvent');

export const jobDetailView = jobView
  .extend({
    versionId: z.string().nullable().describe('The version of the upload in the source bucket.'),
    isDeleted: z.boolean().describe('Whether this upload, or a newer one of its key, was deleted.'),
    capacity: capacitySchema,
    size: z.object(taskSizeSchema.shape).describe('Of each task.'),
    workers: z
      .object({ running: z.int().min(0), wanted: z.int().min(0) })
      .describe('Tasks that hold a place for the job, and how many its plan wants.'),
    failureCount: z.int().min(0),
    interruptionCount: z.int().min(0),
    waitCount: z.int().min(0).describe('Launches for which AWS had no place.'),
    allowedActions: z
      .array(z.enum(['retry', 'cancel', 'hold', 'release']))
      .describe('The interventions that the status allows.'),
    units: z.array(unitView),
    tracks: z.array(trackView).describe('Renditions and audio tracks, over all units that make them.'),
    videoUnits: z
      .object(jobProgressSchema.shape.videoUnits.shape)
      .describe('The parts of the video; the total is null before the plan.'),
    cost: orNull(z.object(jobCostSchema.shape).openapi('Cost')).describe(
      'The receipt; null for a job that an earlier release admitted.',
    ),
    steps: z.array(stepView).describe('How long each finished step took, in the order of their ends.'),
    events: z
      .array(jobEventView)
      .nullable()
      .describe(
        `The last ${maxAnnouncedEvents} that were published, the oldest first, and those that are to be; null for a job that an earlier release admitted. Whether an endpoint has them is in the log.`,
      ),
    renditions: z.array(z.object(publishedRenditionSchema.shape).omit({ fileKey: true })),
    leftOut: z.array(z.object(leftOutSchema.shape)).describe('Parts of the source that are not published.'),
  })
  .openapi('JobDetail');
export type JobDetailView = z.infer<typeof jobDetailView>;

export const jobIdParameters = z.object({ jobId: jobIdSchema });
