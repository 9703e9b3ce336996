import type { ChecksumAlgorithm, ChecksumType } from '../core/checksum.ts';
import type { CrossOriginRule } from '../core/cross-origin-rule.ts';
import type { UploadedPart } from '../core/multipart.ts';
import type { NotificationRule } from '../core/notification-rule.ts';
import type { ObjectIndex } from '../core/object-index.ts';
import type { Versioning } from '../core/object-version.ts';
import type { BucketLayout } from './bucket-layout.ts';
import type { ContentFile, ObjectDescription } from './object-record.ts';

/** What is stored in `bucket.json`. */
export interface BucketConfiguration {
  readonly formatVersion: 1;
  readonly name: string;
  readonly createdMillis: number;
  readonly versioning: Versioning;
  readonly notificationRules: readonly NotificationRule[];
  readonly crossOriginRules: readonly CrossOriginRule[];
}

/** A part as stored beside its content. */
export interface PartRecord extends UploadedPart {
  readonly content: ContentFile;
  readonly checksumAlgorithm?: ChecksumAlgorithm;
}

/** What is stored in `upload.json`. */
export interface UploadRecord extends ObjectDescription {
  readonly formatVersion: 1;
  readonly uploadId: string;
  readonly key: string;
  readonly initiatedMillis: number;
  /** Set where the client declared one. */
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
}

export interface Upload {
  readonly record: UploadRecord;
  readonly parts: Map<number, PartRecord>;
}

/** A conditional write under way; a delete of its key marks it, and S3 then answers 409. */
export interface ConditionalWrite {
  readonly key: string;
  deletedMeanwhile: boolean;
}

/** An open bucket: its configuration and index in memory, everything else on disk. */
export interface Bucket {
  configuration: BucketConfiguration;
  readonly layout: BucketLayout;
  readonly index: ObjectIndex;
  readonly uploads: Map<string, Upload>;
  readonly conditionalWrites: Set<ConditionalWrite>;
}

/** Changes of one key happen one after the other. */
export function lockName(bucket: Bucket, key: string): string {
  return `${bucket.configuration.name}/${key}`;
}
