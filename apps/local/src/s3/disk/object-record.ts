import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checksum } from '../core/checksum.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import { type BucketLayout, recordFile } from './bucket-layout.ts';

/** A file in the directory of the object (or upload); several make the content of a multipart object. */
export interface ContentFile {
  readonly file: string;
  readonly sizeBytes: number;
}

/** What a client may say about an object and gets back with it. */
export interface ObjectDescription {
  /** `content-type`, `cache-control` and their like, lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Without the prefix `x-amz-meta-`. */
  readonly userMetadata: Readonly<Record<string, string>>;
}

/** Everything about one version, as stored beside its content. Its rename into place is the commit. */
export interface ObjectRecord extends ObjectVersion, ObjectDescription {
  readonly formatVersion: 1;
  readonly content: readonly ContentFile[];
  readonly checksum?: Checksum;
  /** The upload that made it; its parts are then `content`, one file each. */
  readonly uploadId?: string;
}

/** Rejects with the error of the file system where the record is gone. */
export async function readObjectRecord(
  layout: BucketLayout,
  key: string,
  versionId: string,
): Promise<ObjectRecord> {
  const text = await readFile(join(layout.objectDirectory(key), recordFile(versionId)), 'utf8');
  return JSON.parse(text) as ObjectRecord;
}
