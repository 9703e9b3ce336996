import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { multipartLimits } from '../core/multipart.ts';
import { S3Error } from '../s3-error.ts';
import type { Bucket, MultipartUpload, MultipartUploadRecord, PartRecord } from './bucket.ts';
import { partRecordFile } from './bucket-layout.ts';
import { randomToken, syncDirectory, writeDurably } from './durable-file.ts';
import type { Storage } from './storage.ts';

export async function createUpload(
  storage: Storage,
  bucket: Bucket,
  draft: Omit<MultipartUploadRecord, 'formatVersion' | 'uploadId' | 'initiatedMillis'>,
): Promise<MultipartUploadRecord> {
  const { layout } = bucket;
  // The time at the start of the id makes uploads of one key list in the order of their start.
  const initiatedMillis = storage.nowMillis();
  const uploadId = `${initiatedMillis.toString(36)}${randomToken()}`;
  const record: MultipartUploadRecord = { formatVersion: 1, ...draft, uploadId, initiatedMillis };
  const directory = layout.uploadDirectory(uploadId);
  await mkdir(directory);
  await writeDurably('upload.json', directory, layout.incoming, JSON.stringify(record));
  await syncDirectory(layout.uploads);
  bucket.uploads.set(uploadId, { record, parts: new Map() });
  return record;
}

/** Finds an upload of this key, or throws NoSuchUpload. */
export function findUpload(bucket: Bucket, key: string, uploadId: string): MultipartUpload {
  const upload = bucket.uploads.get(uploadId);
  if (upload === undefined || upload.record.key !== key) {
    throw new S3Error(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    );
  }
  return upload;
}

/** Adds a part whose content is in `incoming`; replaces a part with the same number. */
export function addPart(
  storage: Storage,
  bucket: Bucket,
  target: { readonly key: string; readonly uploadId: string },
  part: Omit<PartRecord, 'lastModifiedMillis'>,
): Promise<PartRecord> {
  const { layout } = bucket;
  return storage.lock.run(target.uploadId, async () => {
    // Looked up under the lock, because the upload may have been aborted while the body arrived.
    const upload = findUpload(bucket, target.key, target.uploadId);
    const directory = layout.uploadDirectory(target.uploadId);
    const record: PartRecord = { ...part, lastModifiedMillis: storage.nowMillis() };
    await rename(join(layout.incoming, part.content.file), join(directory, part.content.file));
    await writeDurably(partRecordFile(part.partNumber), directory, layout.incoming, JSON.stringify(record));
    const replaced = upload.parts.get(part.partNumber);
    upload.parts.set(part.partNumber, record);
    if (replaced !== undefined) await rm(join(directory, replaced.content.file), { force: true });
    return record;
  });
}

/** Removes a completed or aborted upload. The content of a completed one is already linked to its object. */
export async function removeUpload(bucket: Bucket, uploadId: string) {
  bucket.uploads.delete(uploadId);
  // `incoming` is emptied at every start: a crash leaves either the whole upload or none of it.
  const removed = join(bucket.layout.incoming, randomToken());
  await rename(bucket.layout.uploadDirectory(uploadId), removed);
  await rm(removed, { recursive: true, force: true });
}

/** Parses a part number; throws InvalidArgument where it is not from 1 to 10,000. */
export function parsePartNumber(text: string): number {
  const partNumber = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (partNumber >= 1 && partNumber <= multipartLimits.maxPartNumber) return partNumber;
  throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
    details: { ArgumentName: 'partNumber', ArgumentValue: text },
  });
}
