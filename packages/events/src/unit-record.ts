import { z } from 'zod';
import { jobIdSchema } from './upload.ts';

/** How fast the owner of a claim works on its unit, as it last measured. */
export const unitPaceSchema = z.strictObject({
  /** Seconds of media per second; null for units without media time, and before it is known. */
  speed: z.number().nonnegative().nullable(),
  /** Until the unit is done; null before it is known. */
  etaSeconds: z.number().nonnegative().nullable(),
  /** From 0 to 1, by track: how much of it is encoded or, by a unit of verification and the assembly, verified. */
  tracks: z.record(z.string(), z.number().min(0).max(1)),
});
export type UnitPace = z.infer<typeof unitPaceSchema>;

/**
 * A job is done in units: the plan, the audio, runs of whole video segments, and the assembly. Equal workers claim
 * units one by one; a claim is a lease with a fencing token that only increases.
 */
export const unitRecordSchema = z.strictObject({
  jobId: jobIdSchema,
  unitId: z.string().min(1),
  state: z.enum(['open', 'claimed', 'done']),
  /** Increases with every claim; every later write of the claim has it as its condition. */
  token: z.int().nonnegative(),
  owner: z.string().nullable(),
  /** When the owner claimed the unit, and when its launch was planned: the time before is no work on the unit. */
  claimedAt: z.iso.datetime().optional(),
  launchedAt: z.iso.datetime().optional(),
  /** ISO 8601. From this time on, any worker may claim the unit. Only the token decides whose writes count. */
  leaseUntil: z.iso.datetime().nullable(),
  /** Set where a finished unit of video is not exact: one unit with all of the video replaces those of the plan. */
  isInexact: z.boolean().optional(),
  /** Of the finished unit `plan`: the number of video units, which have records only when they are claimed. */
  videoUnits: z.int().nonnegative().optional(),
  /** The same for audio: 0 or 1. Absent in plans of earlier releases, whose workers do not read `pace`. */
  audioUnits: z.int().nonnegative().optional(),
  /** To S3, by the workers that finished it; absent where `pace` is. */
  requests: z.strictObject({ writes: z.int().nonnegative(), reads: z.int().nonnegative() }).optional(),
  /** From 0 to 1: the most that an owner of the unit has reported. A later claim does not reduce it. */
  progress: z.number().min(0).max(1),
  /** Absent before the first report, and where a worker of an earlier release takes part in the job. */
  pace: unitPaceSchema.optional(),
  updatedAt: z.iso.datetime(),
});
export type UnitRecord = z.infer<typeof unitRecordSchema>;

export const planUnitId = 'plan';
export const audioUnitId = 'audio';
export const assemblyUnitId = 'assembly';

/** Ids of video units in order of time, from 1: `video-00001`. */
export function videoUnitId(number: number): string {
  return `video-${String(number).padStart(5, '0')}`;
}

/** The unit with all of the video, which replaces the video units of a plan if one of them is not exact. */
export const wholeVideoUnitId = 'video-whole';

const verificationPrefix = 'verification-';

/** The unit that verifies what a unit of audio or video made: `verification-video-00001`. */
export function verificationUnitId(unitId: string): string {
  return `${verificationPrefix}${unitId}`;
}

/** The unit that a verification unit is about; null for all other units. */
export function verifiedUnitId(unitId: string): string | null {
  return unitId.startsWith(verificationPrefix) ? unitId.slice(verificationPrefix.length) : null;
}
