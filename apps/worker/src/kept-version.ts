import {
  certifiedFileSchema,
  certifiedLoudnessSchema,
  sourceAssessmentSchema,
  trackManifestSchema,
} from '@fyrestream/media';
import { z } from 'zod';

/** What a remake takes from the published version, as its certificate proves it. Stored with the plan. */
export const keptVersionSchema = z.strictObject({
  /** The folder of the version. */
  prefix: z.string(),
  tracks: z.array(trackManifestSchema),
  /** Init segments and segments of these tracks, in playing order, and their MP4s where it has any. */
  files: z.array(certifiedFileSchema),
  /** By track. */
  addresses: z.record(z.string(), z.string()),
  loudness: z.array(certifiedLoudnessSchema),
  content: sourceAssessmentSchema,
});
export type KeptVersion = z.infer<typeof keptVersionSchema>;
