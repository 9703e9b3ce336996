import { z } from 'zod';
import { leftOutSchema } from './left-out.ts';

/** One rendition as people ask for it: what it is and where its MP4 lies. */
export const publishedRenditionSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['video', 'audio']),
  /** RFC 6381. */
  codec: z.string(),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  averageBitrateBitsPerSecond: z.int().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  /** Key of the progressive MP4, null where a rendition has none of its own. */
  fileKey: z.string().nullable(),
});
export type PublishedRendition = z.infer<typeof publishedRenditionSchema>;

/** What a published job made, by keys of the output bucket. */
export const jobOutputsSchema = z.strictObject({
  /** The version's own folder; its files never change. */
  prefix: z.string(),
  /** Stable: keep their place while versions come and go. */
  masterKey: z.string(),
  manifestKey: z.string(),
  posterKey: z.string().nullable(),
  certificateKey: z.string(),
  durationSeconds: z.number().nonnegative(),
  /** What was wrong with the source, in one sentence; null where nothing was. The certificate holds the details. */
  damage: z.string().nullable().default(null),
  /** What of the source is not in the outcome; absent in records of older versions. */
  leftOut: z.array(leftOutSchema).default([]),
  renditions: z.array(publishedRenditionSchema).min(1),
});
export type JobOutputs = z.infer<typeof jobOutputsSchema>;
