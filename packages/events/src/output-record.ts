import { z } from 'zod';
import { jobIdSchema, uploadOrderSchema } from './upload.ts';

/** One version of an upload, with what orders it among the others. */
export const versionOfOutputSchema = z.strictObject({
  jobId: jobIdSchema,
  order: uploadOrderSchema,
});
export type VersionOfOutput = z.infer<typeof versionOfOutputSchema>;

/** A version that the stable files name no more, since when it gave way. Its files stay for those who still watch it. */
export const retiredVersionSchema = z.strictObject({
  jobId: jobIdSchema,
  token: z.int().positive(),
  since: z.iso.datetime(),
});
export type RetiredVersion = z.infer<typeof retiredVersionSchema>;

/** One item per stable output: the newest upload of its key, and the version that its stable files name. */
export const outputRecordSchema = z.strictObject({
  sourceKey: z.string().min(1),
  version: z.int().positive(),
  /** The newest upload seen; older ones give way to it. */
  latest: versionOfOutputSchema,
  /** The jobs that gave way to `latest` and may still have to be told. */
  supersededJobIds: z.array(jobIdSchema),
  /** What the stable files name, or are about to. */
  published: versionOfOutputSchema.extend({ token: z.int().positive() }).nullable(),
  /** Versions whose files are still to be removed, those that gave way first in front. */
  retired: z.array(retiredVersionSchema).default([]),
});
export type OutputRecord = z.infer<typeof outputRecordSchema>;
