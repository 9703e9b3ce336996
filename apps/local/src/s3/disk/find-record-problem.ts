import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject } from '../../json-value.ts';
import type { BucketConfiguration, MultipartUploadRecord, PartRecord } from './bucket.ts';
import { type BucketLayout, partRecordFile, recordFile } from './bucket-layout.ts';
import type { ContentFile, ObjectRecord } from './object-record.ts';

/** Where a record was found. */
export interface RecordPlace {
  readonly layout: BucketLayout;
  readonly directory: string;
  readonly file: string;
}

type Problem = string | undefined;

/** What is wrong with the record of a version, or with the size of its content; undefined for a valid one. */
export async function findObjectProblem(
  record: Partial<ObjectRecord>,
  { layout, directory, file }: RecordPlace,
): Promise<Problem> {
  const { key, versionId, kind, sequence, eTag, content } = record;
  if (typeof key !== 'string' || layout.objectDirectory(key) !== directory) return 'names another key';
  if (typeof versionId !== 'string' || recordFile(versionId) !== file) return 'names another version';
  const isComplete =
    (kind === 'object' || kind === 'delete-marker') &&
    isWhole(sequence) &&
    isWhole(record.lastModifiedMillis) &&
    typeof eTag === 'string' &&
    isJsonObject(record.headers) &&
    isJsonObject(record.userMetadata);
  if (!isComplete) return 'is not complete';
  return await findContentProblem(directory, content, record.sizeBytes);
}

/** The same for a bucket. */
export function findBucketProblem(record: Partial<BucketConfiguration>, name: string): Problem {
  if (record.name !== name) return 'names another bucket';
  const isComplete =
    ['unversioned', 'Enabled', 'Suspended'].includes(record.versioning ?? '') &&
    Array.isArray(record.notificationRules) &&
    Array.isArray(record.crossOriginRules);
  return isComplete ? undefined : 'is not complete';
}

/** The same for a multipart upload. */
export function findUploadProblem(record: Partial<MultipartUploadRecord>, uploadId: string): Problem {
  if (record.uploadId !== uploadId) return 'names another upload';
  const isComplete =
    typeof record.key === 'string' && isJsonObject(record.headers) && isJsonObject(record.userMetadata);
  return isComplete ? undefined : 'is not complete';
}

/** The same for a part of an upload. */
export async function findPartProblem(
  record: Partial<PartRecord>,
  { directory, file }: Pick<RecordPlace, 'directory' | 'file'>,
): Promise<Problem> {
  const { partNumber, eTag, content } = record;
  if (!isWhole(partNumber) || partRecordFile(partNumber) !== file) return 'names another part';
  if (typeof eTag !== 'string') return 'is not complete';
  return await findContentProblem(directory, content && [content], record.sizeBytes);
}

async function findContentProblem(
  directory: string,
  content: readonly ContentFile[] | undefined,
  sizeBytes: unknown,
): Promise<Problem> {
  if (!Array.isArray(content)) return 'is not complete';
  let total = 0;
  for (const { file, sizeBytes: expected } of content as Partial<ContentFile>[]) {
    if (typeof file !== 'string' || !/^[0-9a-f]+\.data$/.test(file)) return 'names no content';
    const found = await stat(join(directory, file)).catch(() => undefined);
    if (found === undefined) return `its content ${file} is missing`;
    if (found.size !== expected) return `its content ${file} has ${found.size} bytes instead of ${expected}`;
    total += found.size;
  }
  return total === sizeBytes ? undefined : 'its size is not that of its content';
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
