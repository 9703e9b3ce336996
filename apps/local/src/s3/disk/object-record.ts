import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checksum } from '../core/checksum.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import { type BucketLayout, recordFile } from './bucket-layout.ts';

/** A content file in the directory of an object or upload. A multipart object has several. */
export interface ContentFile {
  readonly file: string;
  readonly sizeBytes: number;
}

/** The headers and metadata that a client stores with an object. */
export interface ObjectMetadata {
  /** For example `content-type` and `cache-control`, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without the prefix `x-amz-meta-`. */
  readonly userMetadata: Readonly<Record<string, string>>;
}

/** The record of one version, stored beside its content. Its rename is the commit. */
export interface ObjectRecord extends ObjectVersion, ObjectMetadata {
  readonly formatVersion: 1;
  readonly content: readonly ContentFile[];
  readonly checksum?: Checksum;
  /** The multipart upload that created it; each part is then one file in `content`. */
  readonly uploadId?: string;
}

/** Reads a record. Rejects with the error of the file system where it does not exist. */
export async function readObjectRecord(
  layout: BucketLayout,
  key: string,
  versionId: string,
): Promise<ObjectRecord> {
  const text = await readFile(join(layout.objectDirectory(key), recordFile(versionId)), 'utf8');
  return JSON.parse(text) as ObjectRecord;
}
