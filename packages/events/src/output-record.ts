import { z } from 'zod';
import {
  compareVersions,
  jobIdOf,
  jobIdSchema,
  type Upload,
  type UploadOrder,
  uploadOrderSchema,
} from './upload.ts';

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

/**
 * The newest version of a key that was deleted: neither it nor an older one is published again.
 * @see docs/decisions/0023-deletion-is-a-record-and-two-removals.md
 */
const deletedVersionSchema = orderedUploadSchema.extend({
  /** Whether the stable files are removed, so that nothing refers to the files of the version any more. */
  isUnpublished: z.boolean(),
});

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
  /** Absent until a version is deleted, so that workers of an earlier release can read the record. */
  deleted: deletedVersionSchema.optional(),
});
export type OutputRecord = z.infer<typeof outputRecordSchema>;

/** Whether a version of the key, or a newer one, was deleted: no edition of it is published again. */
export function isDeletedVersion({ deleted }: Pick<OutputRecord, 'deleted'>, order: UploadOrder): boolean {
  return deleted !== undefined && compareVersions(order, deleted.order) <= 0;
}

/** Whether this is a job of an object version, whichever of its editions. */
export function isJobOfVersion(
  { jobId, order }: OrderedUpload,
  { bucket, key, versionId, etag }: Pick<Upload, 'bucket' | 'key' | 'versionId' | 'etag'>,
): boolean {
  return jobIdOf({ bucket, key, versionId, etag, edition: order.edition }) === jobId;
}

/** What is deleted, by a person or after its source. */
export interface Deletion {
  readonly sourceKey: string;
  /** The newest version that is deleted. */
  readonly version: OrderedUpload;
  /** Whether all versions up to this one are deleted, or only this one. */
  readonly includesOlder: boolean;
}

/** Of a deletion with what is older, every edition of its version: one may have been admitted after the deletion was wanted. */
export function isDeletedBy(deletion: Deletion, { jobId, order }: OrderedUpload): boolean {
  const { version, includesOlder } = deletion;
  return includesOlder ? compareVersions(order, version.order) <= 0 : jobId === version.jobId;
}

/** The time of retirement of deleted versions: their files are to be removed at once. */
export const dueAtOnce = '1970-01-01T00:00:00.000Z';
