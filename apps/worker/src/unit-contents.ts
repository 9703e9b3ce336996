import { leftOutSchema } from '@fyrestream/events';
import {
  loudnessTreatmentSchema,
  measuredLoudnessSchema,
  subtitleReportSchema,
  trackManifestSchema,
} from '@fyrestream/media';
import { z } from 'zod';

/** The list of the tracks that an encoding unit stored. */
export const unitContentsSchema = z.strictObject({
  tracks: z.array(trackManifestSchema),
  /** SHA-256 of the init segment and of each segment, by `<track>/<file>`. Absent where an older version made it. */
  fileHashes: z.record(z.string(), z.string()).optional(),
  /** The content address of each track, by its id. Absent where an older version made it. */
  addresses: z.record(z.string(), z.string()).optional(),
  /** What was done to the loudness of each audio track, and what came out. Absent where an older version made it. */
  loudness: z.array(loudnessTreatmentSchema.extend({ published: measuredLoudnessSchema })).optional(),
  subtitles: z.array(
    z.strictObject({
      trackId: z.string(),
      language: z.string().nullable(),
      name: z.string().nullable(),
      forced: z.boolean(),
      /** Absent where an older version made it. */
      hearingImpaired: z.boolean().optional(),
      sizeBytes: z.int().nonnegative(),
      /** Absent where an older version made it. */
      report: subtitleReportSchema.optional(),
    }),
  ),
  /** What only this unit found to be missing. Absent where an older version made it. */
  leftOut: z.array(leftOutSchema).optional(),
});
export type UnitContents = z.infer<typeof unitContentsSchema>;
