import { z } from 'zod';
import { jobIdSchema, uploadOrderSchema } from './upload.ts';

/** One version of an upload, with its place in the order of versions. */
export const orderedUploadSchema = z.strictObject({
  jobId: jobIdSchema,
  order: uploadOrderSchema,
});
export type OrderedUpload = z.infer<typeof orderedUploadSchema>;

/** A version that the stable files no longer refer to, and since when. Its files stay for viewers who still play it. */
export const retiredVersionSchema = z.strictObject({
  jobId: jobIdSchema,
  token: z.int().positive(),
  since: z.iso.datetime(),
});
export type RetiredVersion = z.infer<typeof retiredVersionSchema>;

/** One item per stable output: the newest upload of its key, and the version that its stable files refer to. */
export const outputRecordSchema = z.strictObject({
  sourceKey: z.string().min(1),
  version: z.int().positive(),
  /** The newest upload of the key; older ones are superseded. */
  latest: orderedUploadSchema,
  /** The jobs that `latest` superseded and that may not know it yet. */
  supersededJobIds: z.array(jobIdSchema),
  /** The version that the stable files refer to, or will refer to when the current publication ends. */
  published: orderedUploadSchema.extend({ token: z.int().positive() }).nullable(),
  /** Versions whose files are still to be removed, the oldest first. */
  retired: z.array(retiredVersionSchema).default([]),
});
export type OutputRecord = z.infer<typeof outputRecordSchema>;
