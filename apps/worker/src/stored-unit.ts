import { subtitleReportSchema, trackManifestSchema } from '@fyrestream/media';
import { z } from 'zod';

/** What a finished unit left under its token, beside the files themselves. */
export const storedUnitSchema = z.strictObject({
  tracks: z.array(trackManifestSchema),
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
export type StoredUnit = z.infer<typeof storedUnitSchema>;

/** The claim that made something: it names the place where that lies. */
export interface Winner {
  readonly jobId: string;
  readonly unitId: string;
  readonly token: number;
}
