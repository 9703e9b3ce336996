import { type Checksum, checksumHeader } from '../core/checksum.ts';
import { quoteETag } from '../core/e-tag.ts';
import type { Bucket } from '../disk/bucket.ts';
import type { ObjectRecord } from '../disk/object-record.ts';

/** Buckets that were never versioned have no version header. */
export function versionHeader(bucket: Bucket, versionId: string | undefined): Record<string, string> {
  if (versionId === undefined || bucket.configuration.versioning === 'unversioned') return {};
  return { 'x-amz-version-id': versionId };
}

export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

/** The response headers of every write. */
export function writtenHeaders(bucket: Bucket, record: ObjectRecord): Record<string, string> {
  return { etag: quoteETag(record.eTag), ...versionHeader(bucket, record.versionId) };
}
