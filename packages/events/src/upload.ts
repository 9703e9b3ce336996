import { createHash } from 'node:crypto';
import { z } from 'zod';
import { profileNameSchema } from './profiles/profile-name.ts';

/** One version of one object in the source bucket; each has one job, and one for each time that it is made anew. */
export const uploadSchema = z.strictObject({
  bucket: z.string().min(1),
  /** Decoded. */
  key: z.string().min(1),
  /** Null if the bucket is not versioned; versions then differ by ETag. */
  versionId: z.string().min(1).nullable(),
  /** Without quotes. */
  etag: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** S3's order of events of one key; null if the upload was found by listing. */
  sequencer: z.string().min(1).nullable(),
  /** When S3 stored it, ISO 8601. */
  uploadedAt: z.iso.datetime(),
  /** How often this version was made anew before and with this job. Absent the first time, so that workers of an earlier release can read it. */
  edition: z.int().positive().optional(),
  /** The profile that a person named for this edition; absent where it is the one that the upload has. */
  profile: profileNameSchema.optional(),
});
export type Upload = z.infer<typeof uploadSchema>;

const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
const jobIdLength = 26;

/**
 * The job id of an upload: the first 26 characters (130 bits) of base32(sha256(bucket, key, version)). The same version
 * always has the same job id; an edition of it has one of its own.
 */
export function jobIdOf(
  upload: Pick<Upload, 'bucket' | 'key' | 'versionId' | 'etag'> & { readonly edition?: number | undefined },
): string {
  const version = upload.versionId ?? upload.etag;
  const names = [
    upload.bucket,
    upload.key,
    version,
    ...(upload.edition === undefined ? [] : [upload.edition]),
  ];
  const digest = createHash('sha256').update(names.join('\n')).digest();
  let jobId = '';
  let bits = 0;
  let value = 0;
  for (const byte of digest) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5 && jobId.length < jobIdLength) {
      bits -= 5;
      jobId += base32[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return jobId;
}

/** The format of a job id, for ids that a person types. */
export const jobIdSchema = z.string().regex(/^[a-z2-7]{26}$/, 'a job id has 26 characters from a-z and 2-7');

/** What orders the versions of one key. */
export const uploadOrderSchema = uploadSchema.pick({ sequencer: true, uploadedAt: true, edition: true });
export type UploadOrder = z.infer<typeof uploadOrderSchema>;

export function orderOfUpload({ sequencer, uploadedAt, edition }: Upload): UploadOrder {
  return { sequencer, uploadedAt, ...(edition !== undefined && { edition }) };
}

/** S3 reports the time of an object in whole seconds, rounded down. */
const timeResolutionMilliseconds = 1_000;

/**
 * The order of an object that was found by listing among the versions of its key. It is still the current version long after
 * its upload, so it was the last upload of its second.
 * @param lastModified ISO 8601
 */
export function orderOfListedUpload(lastModified: string): UploadOrder {
  const uploadedAt = new Date(Date.parse(lastModified) + timeResolutionMilliseconds).toISOString();
  return { sequencer: null, uploadedAt };
}

/**
 * Orders two uploads of one key: negative if `a` is older. Sequencers are compared as AWS documents it, the shorter one
 * padded on the right with zeros; without them the times of S3 decide. Editions of one version follow each other.
 * @see https://repost.aws/knowledge-center/s3-duplicate-sqs-messages
 */
export function compareUploads(a: UploadOrder, b: UploadOrder): number {
  return compareVersions(a, b) || (a.edition ?? 0) - (b.edition ?? 0);
}

/** The same, whatever their editions. */
export function compareVersions(a: UploadOrder, b: UploadOrder): number {
  if (a.sequencer !== null && b.sequencer !== null) {
    const length = Math.max(a.sequencer.length, b.sequencer.length);
    const left = a.sequencer.toUpperCase().padEnd(length, '0');
    const right = b.sequencer.toUpperCase().padEnd(length, '0');
    return left < right ? -1 : left > right ? 1 : 0;
  }
  return Date.parse(a.uploadedAt) - Date.parse(b.uploadedAt);
}
