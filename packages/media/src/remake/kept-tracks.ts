import { z } from 'zod';

/** The renditions and audio tracks of a plan that are not encoded, because a published version has them: their files are copied. */
export const keptTracksSchema = z.strictObject({
  /** Of the version. */
  jobId: z.string(),
  token: z.int().positive(),
  trackIds: z.array(z.string()).min(1),
  why: z.string(),
});
