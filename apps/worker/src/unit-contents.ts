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
  /** What was done to the loudness of each audio track, and what came out. Absent where an older version made it. */
  loudness: z.array(loudnessTreatmentSchema.extend({ published: measuredLoudnessSchema })).optional(),
  subtitles: z.array(
    z.strictObject({
      trackId: z.string(),
      language: z.string().nullable(),
      name: z.string().nullable(),
      forced: z.boolean(),
      sizeBytes: z.int().nonnegative(),
      /** Absent where an older version made it. */
      report: subtitleReportSchema.optional(),
    }),
  ),
});
export type UnitContents = z.infer<typeof unitContentsSchema>;
