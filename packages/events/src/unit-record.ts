import { z } from 'zod';
import { jobIdSchema } from './upload.ts';

/**
 * A job is done in units: the plan, the audio whole, runs of whole segments of the video, the assembly.
 * Equal workers claim them one by one; a claim is a lease with a fencing token that only grows.
 */
export const unitRecordSchema = z.strictObject({
  jobId: jobIdSchema,
  unitId: z.string().min(1),
  state: z.enum(['open', 'claimed', 'done']),
  /** Grows with every claim; every later write about the claim carries it as its condition. */
  token: z.int().nonnegative(),
  owner: z.string().nullable(),
  /** After this anyone may claim the unit. It says how soon to try, never who is right. ISO 8601. */
  leaseUntil: z.iso.datetime().nullable(),
  /** From 0 to 1, as the owner last said. */
  progress: z.number().min(0).max(1),
  updatedAt: z.iso.datetime(),
});
export type UnitRecord = z.infer<typeof unitRecordSchema>;

export const planUnitId = 'plan';
export const audioUnitId = 'audio';
export const assemblyUnitId = 'assembly';

/** Video units in the order of time, from 1: `video-00001`. */
export function videoUnitId(number: number): string {
  return `video-${String(number).padStart(5, '0')}`;
}
