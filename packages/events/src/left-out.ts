import { z } from 'zod';

/** A part of a source that is not in the published version. */
export const leftOutSchema = z.strictObject({
  /** The stream that it is or belongs to, as `0:<index>` in ffmpeg's maps; null if it concerns the whole file. */
  streamIndex: z.int().nonnegative().nullable(),
  /** `video`, `audio`, `subtitle`, `captions` (a file beside the source), `data`, `attachment`, `chapters`, `alpha`, `projection`, `time` and the like. */
  kind: z.string().min(1),
  /** For a person: what it is and why it is left out. */
  why: z.string().min(1),
});
export type LeftOut = z.infer<typeof leftOutSchema>;
