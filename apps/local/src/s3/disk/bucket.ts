import type { ChecksumAlgorithm, ChecksumType } from '../core/checksum.ts';
import type { CrossOriginRule } from '../core/cross-origin-rule.ts';
import type { UploadedPart } from '../core/multipart.ts';
import type { NotificationRule } from '../core/notification-rule.ts';
import type { ObjectIndex } from '../core/object-index.ts';
import type { Versioning } from '../core/object-version.ts';
import type { BucketLayout } from './bucket-layout.ts';
import type { ContentFile, ObjectMetadata } from './object-record.ts';

/** The content of `bucket.json`. */
export interface BucketConfiguration {
  readonly formatVersion: 1;
  readonly name: string;
  readonly createdMillis: number;
  readonly versioning: Versioning;
  readonly notificationRules: readonly NotificationRule[];
  readonly crossOriginRules: readonly CrossOriginRule[];
}

/** The record of a part, stored beside its content. */
export interface PartRecord extends UploadedPart {
  readonly content: ContentFile;
  readonly checksumAlgorithm?: ChecksumAlgorithm;
}

/** The content of `upload.json`. */
export interface MultipartUploadRecord extends ObjectMetadata {
  readonly formatVersion: 1;
  readonly uploadId: string;
  readonly key: string;
  readonly initiatedMillis: number;
  /** Set where the client declared one. */
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
}

export interface MultipartUpload {
  readonly record: MultipartUploadRecord;
  readonly parts: Map<number, PartRecord>;
}

/** A conditional write in progress. A delete of its key sets `deletedMeanwhile`, and S3 then responds with 409. */
export interface ConditionalWrite {
  readonly key: string;
  deletedMeanwhile: boolean;
}

/** An open bucket. Its configuration and index are in memory, everything else is on disk. */
export interface Bucket {
  configuration: BucketConfiguration;
  readonly layout: BucketLayout;
  readonly index: ObjectIndex;
  readonly uploads: Map<string, MultipartUpload>;
  readonly conditionalWrites: Set<ConditionalWrite>;
}

/** The name of the lock of a key: changes of one key run in sequence. */
export function lockName(bucket: Bucket, key: string): string {
  return `${bucket.configuration.name}/${key}`;
}
