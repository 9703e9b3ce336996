import { z } from 'zod';
import { jobStatusSchema } from '../job-event.ts';

const fractionSchema = z.number().min(0).max(1);
/** Seconds of media per second: 2 is twice as fast as the video plays. Null where nothing is measured now. */
const speedSchema = z.number().nonnegative().nullable();
/** Null where it is not known. */
const etaSchema = z.number().nonnegative().nullable();

/** A unit of a job that a worker has claimed at least once. */
export const unitProgressSchema = z.strictObject({
  unitId: z.string(),
  kind: z.enum(['plan', 'audio', 'video', 'verification', 'assembly']),
  state: z.enum(['open', 'claimed', 'done']),
  fraction: fractionSchema,
  speed: speedSchema,
  etaSeconds: etaSchema,
});
export type UnitProgress = z.infer<typeof unitProgressSchema>;

/** A rendition or an audio track, over all units that make it. */
export const trackProgressSchema = z.strictObject({
  /** The track's id in the plan: `h264-1080`. */
  trackId: z.string(),
  kind: z.enum(['video', 'audio']),
  /** How much of it is encoded. */
  fraction: fractionSchema,
  /** How much of it was decoded and compared with the source. */
  verifiedFraction: fractionSchema,
  /** Of all workers that encode it now. */
  speed: speedSchema,
  /** Until it is encoded. */
  etaSeconds: etaSchema,
});
export type TrackProgress = z.infer<typeof trackProgressSchema>;

/** What happens to a job now: its status, and where it is under way the part of the work. */
export const progressPhaseSchema = z.enum([
  ...jobStatusSchema.exclude(['running']).options,
  /** ECS starts its task. */
  'starting',
  'planning',
  'encoding',
  'assembling',
]);
export type ProgressPhase = z.infer<typeof progressPhaseSchema>;

export const jobProgressSchema = z.strictObject({
  phase: progressPhaseSchema,
  fraction: fractionSchema,
  /** Of the video, or of the audio where there is no video; of all workers together. */
  speed: speedSchema,
  /** Until the job has succeeded. */
  etaSeconds: etaSchema,
  /** The parts of the video, or the whole where it is not divided; `total` is null before the plan. */
  videoUnits: z.strictObject({
    done: z.int().nonnegative(),
    total: z.int().nonnegative().nullable(),
  }),
  units: z.array(unitProgressSchema),
  tracks: z.array(trackProgressSchema),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;
