import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { ByteRange } from '../core/byte-range.ts';
import { findVersion, newestVersion } from '../core/object-index.ts';
import { S3Error } from '../s3-error.ts';
import type { Bucket } from './bucket.ts';
import { lockName } from './bucket.ts';
import { type ObjectRecord, readObjectRecord } from './object-record.ts';
import { readContent } from './read-content.ts';
import type { Storage } from './storage.ts';

/** An open object. Its content stays readable until `release` or until the stream closes. */
export interface OpenObject {
  readonly record: ObjectRecord;
  /** Reads the whole content or a range, and releases the object when the stream closes. */
  readonly read: (range?: ByteRange) => Readable;
  readonly release: () => void;
}

/**
 * Opens the current version, or the given one, and pins its content.
 * Throws NoSuchKey, NoSuchVersion, or MethodNotAllowed for the version id of a delete marker.
 */
export function openObject(
  storage: Storage,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): Promise<OpenObject> {
  return storage.lock.run(lockName(bucket, key), async () => {
    const version =
      versionId === undefined ? newestVersion(bucket.index, key) : findVersion(bucket.index, key, versionId);
    if (version === undefined) throw missing(key, versionId);
    if (version.kind === 'delete-marker') {
      const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
      if (versionId === undefined) throw missing(key, versionId, headers);
      throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
        headers: { ...headers, allow: 'DELETE' },
      });
    }
    const record = await readObjectRecord(bucket.layout, key, version.versionId);
    const directory = bucket.layout.objectDirectory(key);
    const release = storage.pins.pin(record.content.map(({ file }) => join(directory, file)));
    return {
      record,
      release,
      read: (range) => readContent(directory, record.content, range).once('close', release),
    };
  });
}

function missing(key: string, versionId: string | undefined, headers: Record<string, string> = {}): S3Error {
  if (versionId === undefined) {
    return new S3Error('NoSuchKey', 'The specified key does not exist.', { details: { Key: key }, headers });
  }
  return new S3Error('NoSuchVersion', 'The specified version does not exist.', {
    details: { Key: key, VersionId: versionId },
  });
}
