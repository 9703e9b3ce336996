import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import { emptyObjectIndex, insertVersion, type ObjectIndex } from '../core/object-index.ts';
import type { GatewayLog } from '../gateway-log.ts';
import type {
  Bucket,
  BucketConfiguration,
  MultipartUpload,
  MultipartUploadRecord,
  PartRecord,
} from './bucket.ts';
import { type BucketLayout, bucketLayout } from './bucket-layout.ts';
import type { ObjectRecord } from './object-record.ts';

/** More parallel reads are not faster. */
const maxConcurrentReads = 32;

/**
 * Opens a bucket: reads its records into the index, and removes the leftovers of a crash (incomplete writes, content that no
 * record names, uploads that were completed but not removed).
 */
export async function loadBucket(
  bucketsDirectory: string,
  name: string,
  log: GatewayLog,
): Promise<Bucket | undefined> {
  const layout = bucketLayout(bucketsDirectory, name);
  const configuration = await readJson<BucketConfiguration>(join(layout.directory, 'bucket.json'));
  if (configuration === undefined) {
    // A crash happened before the bucket was created.
    await rm(layout.directory, { recursive: true, force: true });
    return undefined;
  }
  await rm(layout.incoming, { recursive: true, force: true });
  for (const path of [layout.incoming, layout.objects, layout.uploads])
    await mkdir(path, { recursive: true });
  const index = emptyObjectIndex();
  const completed = await loadObjects(layout, index, log);
  const uploads = await loadUploads(layout, completed);
  return { configuration, layout, index, uploads, conditionalWrites: new Set() };
}

/** Returns the ids of the uploads that became objects. */
async function loadObjects(layout: BucketLayout, index: ObjectIndex, log: GatewayLog): Promise<Set<string>> {
  const directories: string[] = [];
  for (const fan of await readdir(layout.objects)) {
    for (const one of await readdir(join(layout.objects, fan)))
      directories.push(join(layout.objects, fan, one));
  }
  const completed = new Set<string>();
  const load = async (directory: string) => {
    for (const record of await loadObjectDirectory(directory, log)) {
      // The index holds only the fields that lists need; the rest of a record is read when it is needed.
      const { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis } = record;
      insertVersion(index, { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis });
      if (record.uploadId !== undefined) completed.add(record.uploadId);
    }
  };
  await pMap(directories, load, { concurrency: maxConcurrentReads });
  return completed;
}

async function loadObjectDirectory(directory: string, log: GatewayLog): Promise<ObjectRecord[]> {
  const files = await readdir(directory);
  const records: ObjectRecord[] = [];
  for (const file of files.filter((one) => one.endsWith('.json'))) {
    const record = await readJson<ObjectRecord>(join(directory, file));
    if (record === undefined) {
      log.error({ directory, file }, 'unreadable object record is ignored');
      return records;
    }
    records.push(record);
  }
  const named = new Set(records.flatMap((record) => record.content.map(({ file }) => file)));
  const orphans = files.filter((file) => file.endsWith('.data') && !named.has(file));
  for (const orphan of orphans) await rm(join(directory, orphan));
  if (records.length === 0) await rm(directory, { recursive: true });
  return records;
}

async function loadUploads(
  layout: BucketLayout,
  completed: ReadonlySet<string>,
): Promise<Map<string, MultipartUpload>> {
  const uploads = new Map<string, MultipartUpload>();
  for (const uploadId of await readdir(layout.uploads)) {
    const directory = layout.uploadDirectory(uploadId);
    const record = await readJson<MultipartUploadRecord>(join(directory, 'upload.json'));
    if (record === undefined || completed.has(uploadId)) {
      await rm(directory, { recursive: true });
      continue;
    }
    const parts = new Map<number, PartRecord>();
    const files = await readdir(directory);
    for (const file of files.filter((one) => /^\d+\.json$/.test(one))) {
      const part = await readJson<PartRecord>(join(directory, file));
      if (part !== undefined) parts.set(part.partNumber, part);
    }
    const named = new Set([...parts.values()].map((part) => part.content.file));
    for (const file of files) {
      if (file.endsWith('.data') && !named.has(file)) await rm(join(directory, file));
    }
    uploads.set(uploadId, { record, parts });
  }
  return uploads;
}

/** Undefined where the file is missing or is not JSON. */
async function readJson<Shape>(path: string): Promise<Shape | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Shape;
  } catch {
    return undefined;
  }
}
