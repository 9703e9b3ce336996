import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * The paths of a bucket. A key may contain any characters and be longer than a file name, so the directory of an object is
 * named by the hash of the key, with a readable suffix. Each record contains the key itself.
 *
 *     buckets/NAME/bucket.json                      configuration
 *     buckets/NAME/objects/3f/3fa4…-holiday.mov/    one key: VERSION.json records, TOKEN.data content
 *     buckets/NAME/uploads/UPLOAD/                  upload.json, 00001.json …, TOKEN.data
 *     buckets/NAME/incoming/                        incomplete files, removed at every start
 */
export interface BucketLayout {
  readonly directory: string;
  readonly objects: string;
  readonly uploads: string;
  readonly incoming: string;
  readonly objectDirectory: (key: string) => string;
  readonly uploadDirectory: (uploadId: string) => string;
}

export function bucketLayout(bucketsDirectory: string, bucket: string): BucketLayout {
  const directory = join(bucketsDirectory, bucket);
  const objects = join(directory, 'objects');
  const uploads = join(directory, 'uploads');
  return {
    directory,
    objects,
    uploads,
    incoming: join(directory, 'incoming'),
    objectDirectory: (key) => join(objects, ...objectPath(key)),
    uploadDirectory: (uploadId) => join(uploads, uploadId),
  };
}

export function recordFile(versionId: string): string {
  return `${versionId}.json`;
}

export function partRecordFile(partNumber: number): string {
  return `${String(partNumber).padStart(5, '0')}.json`;
}

export function contentFile(token: string): string {
  return `${token}.data`;
}

function objectPath(key: string): [string, string] {
  const hash = createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 40);
  const readable = key.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-40);
  return [hash.slice(0, 2), `${hash}-${readable}`];
}
