import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import { emptyObjectIndex, insertVersion, type ObjectIndex } from '../core/object-index.ts';
import type {
  Bucket,
  BucketConfiguration,
  MultipartUpload,
  MultipartUploadRecord,
  PartRecord,
} from './bucket.ts';
import { type BucketLayout, bucketLayout } from './bucket-layout.ts';
import {
  findBucketProblem,
  findObjectProblem,
  findPartProblem,
  findUploadProblem,
} from './find-record-problem.ts';
import type { ObjectRecord } from './object-record.ts';
import { type RecordDamage, readStoredRecord } from './stored-record.ts';

/** More parallel reads are not faster. */
const maxConcurrentReads = 32;

/**
 * Opens a bucket: reads its records into the index, and removes the leftovers of a crash (incomplete writes, content that no
 * record names, uploads that were completed but not removed). Damaged records are added to `damage`, and their folders stay
 * as they are; the bucket must not be used then.
 */
export async function loadBucket(
  bucketsDirectory: string,
  name: string,
  damage: RecordDamage,
): Promise<Bucket | undefined> {
  const layout = bucketLayout(bucketsDirectory, name);
  const configurationFile = join(layout.directory, 'bucket.json');
  const damageBefore = damage.length;
  const configuration = await readStoredRecord<BucketConfiguration>(
    configurationFile,
    (record) => findBucketProblem(record, name),
    damage,
  );
  if (configuration === undefined) {
    if (damage.length > damageBefore) return undefined;
    // A crash happened before the bucket was created, unless it has objects.
    if (await isEmpty(layout.objects)) await rm(layout.directory, { recursive: true, force: true });
    else damage.push(`${configurationFile} (is missing)`);
    return undefined;
  }
  await rm(layout.incoming, { recursive: true, force: true });
  for (const path of [layout.incoming, layout.objects, layout.uploads])
    await mkdir(path, { recursive: true });
  const index = emptyObjectIndex();
  const completed = await loadObjects(layout, index, damage);
  const uploads = await loadUploads(layout, completed, damage);
  return { configuration, layout, index, uploads, conditionalWrites: new Set() };
}

async function isEmpty(directory: string): Promise<boolean> {
  return (await readdir(directory).catch(() => [])).length === 0;
}

/** Returns the ids of the uploads that became objects. */
async function loadObjects(
  layout: BucketLayout,
  index: ObjectIndex,
  damage: RecordDamage,
): Promise<Set<string>> {
  const directories: string[] = [];
  for (const fan of await readdir(layout.objects)) {
    for (const one of await readdir(join(layout.objects, fan)))
      directories.push(join(layout.objects, fan, one));
  }
  const completed = new Set<string>();
  const load = async (directory: string) => {
    for (const record of await loadObjectDirectory(layout, directory, damage)) {
      // The index holds only the fields that lists need; the rest of a record is read when it is needed.
      const { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis } = record;
      insertVersion(index, { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis });
      if (record.uploadId !== undefined) completed.add(record.uploadId);
    }
  };
  await pMap(directories, load, { concurrency: maxConcurrentReads });
  return completed;
}

async function loadObjectDirectory(
  layout: BucketLayout,
  directory: string,
  damage: RecordDamage,
): Promise<ObjectRecord[]> {
  const files = await readdir(directory);
  const recordFiles = files.filter((one) => one.endsWith('.json'));
  const records: ObjectRecord[] = [];
  for (const file of recordFiles) {
    const record = await readStoredRecord<ObjectRecord>(
      join(directory, file),
      (found) => findObjectProblem(found, { layout, directory, file }),
      damage,
    );
    if (record !== undefined) records.push(record);
  }
  if (records.length < recordFiles.length) return records;
  const named = new Set(records.flatMap((record) => record.content.map(({ file }) => file)));
  const orphans = files.filter((file) => file.endsWith('.data') && !named.has(file));
  for (const orphan of orphans) await rm(join(directory, orphan));
  if (records.length === 0) await rm(directory, { recursive: true });
  return records;
}

async function loadUploads(
  layout: BucketLayout,
  completed: ReadonlySet<string>,
  damage: RecordDamage,
): Promise<Map<string, MultipartUpload>> {
  const uploads = new Map<string, MultipartUpload>();
  for (const uploadId of await readdir(layout.uploads)) {
    const directory = layout.uploadDirectory(uploadId);
    const damageBefore = damage.length;
    const record = await readStoredRecord<MultipartUploadRecord>(
      join(directory, 'upload.json'),
      (found) => findUploadProblem(found, uploadId),
      damage,
    );
    const files = await readdir(directory);
    if (damage.length > damageBefore) continue;
    // Created or removed incompletely, or completed but not removed.
    if (record === undefined || completed.has(uploadId)) {
      await rm(directory, { recursive: true });
      continue;
    }
    const parts = await loadParts(directory, files, damage);
    if (damage.length > damageBefore) continue;
    const named = new Set([...parts.values()].map((part) => part.content.file));
    for (const file of files) {
      if (file.endsWith('.data') && !named.has(file)) await rm(join(directory, file));
    }
    uploads.set(uploadId, { record, parts });
  }
  return uploads;
}

async function loadParts(
  directory: string,
  files: readonly string[],
  damage: RecordDamage,
): Promise<Map<number, PartRecord>> {
  const parts = new Map<number, PartRecord>();
  for (const file of files.filter((one) => /^\d+\.json$/.test(one))) {
    const part = await readStoredRecord<PartRecord>(
      join(directory, file),
      (found) => findPartProblem(found, { directory, file }),
      damage,
    );
    if (part !== undefined) parts.set(part.partNumber, part);
  }
  return parts;
}
