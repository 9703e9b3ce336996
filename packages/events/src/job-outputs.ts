import { z } from 'zod';
import { leftOutSchema } from './left-out.ts';
import { versionRecipeSchema } from './version-recipe.ts';

/** A rendition as it is shown to users, with the key of its MP4. */
export const publishedRenditionSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['video', 'audio']),
  /** RFC 6381. */
  codec: z.string(),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  averageBitrateBitsPerSecond: z.int().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  /** Key of the progressive MP4; null if the rendition has none of its own. */
  fileKey: z.string().nullable(),
});
export type PublishedRendition = z.infer<typeof publishedRenditionSchema>;

/** The published files of a job, as keys of the output bucket. */
export const jobOutputsSchema = z.strictObject({
  /** The folder of the version; its files never change. */
  prefix: z.string(),
  /** Stable keys: they stay the same when a new version is published. */
  /** Null where the profile wants no HLS. */
  masterKey: z.string().nullable(),
  /** Null where the profile wants no DASH. */
  manifestKey: z.string().nullable(),
  posterKey: z.string().nullable(),
  certificateKey: z.string(),
  durationSeconds: z.number().nonnegative(),
  /** All files of the version; absent in records of older versions. */
  storage: z.strictObject({ files: z.int().nonnegative(), sizeBytes: z.int().nonnegative() }).optional(),
  /** What is wrong with the source, in one sentence; null if nothing is. The certificate has the details. */
  damage: z.string().nullable().default(null),
  /** Parts of the source that are not in the output; absent in records of older versions. */
  leftOut: z.array(leftOutSchema).default([]),
  renditions: z.array(publishedRenditionSchema).min(1),
  /** In the record only, not in events. Absent where an older version made it. */
  recipe: versionRecipeSchema.optional(),
});
export type JobOutputs = z.infer<typeof jobOutputsSchema>;
