import { randomBytes } from 'node:crypto';
import { link, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EventName } from '../core/notification-rule.ts';
import { insertVersion } from '../core/object-index.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import { versionIdentity } from '../core/version-identity.ts';
import type { Bucket } from './bucket.ts';
import { recordFile } from './bucket-layout.ts';
import { syncDirectory, writeDurably } from './durable-file.ts';
import { type ContentFile, type ObjectRecord, readObjectRecord } from './object-record.ts';
import { type ChangeOrigin, prepareMessages } from './owed-messages.ts';
import type { Storage } from './storage.ts';

/** Content that lies elsewhere in the bucket's file system and is to become the object's. */
export interface StagedContent {
  readonly directory: string;
  readonly content: readonly ContentFile[];
  /** Moved out of `incoming`, or linked where the source stays (parts, copies). */
  readonly by: 'move' | 'link';
}

export type NewObject = Omit<
  ObjectRecord,
  'formatVersion' | 'kind' | 'versionId' | 'sequence' | 'lastModifiedMillis' | 'content'
>;

export interface VersionDraft {
  readonly object: NewObject & Pick<ObjectRecord, 'kind'>;
  readonly staged: StagedContent;
  readonly event: EventName;
  readonly origin: ChangeOrigin;
}

/**
 * Makes a draft the newest version of its key; the caller holds the key's lock. The record's rename is the
 * commit: before it nothing is visible, after it everything is, the notification it owes included.
 */
export async function commitVersion(
  storage: Storage,
  bucket: Bucket,
  { object, staged, event, origin }: VersionDraft,
): Promise<ObjectRecord> {
  const { layout, index } = bucket;
  const record = newRecord(storage, bucket, object, staged.content);
  const directory = layout.objectDirectory(record.key);
  const replaced = await readObjectRecord(layout, record.key, record.versionId).catch(() => undefined);
  const owed = await prepareMessages(storage, bucket, { change: 'write', event, version: record, origin });
  try {
    await createDirectory(directory);
    const place = staged.by === 'move' ? rename : linkOnce;
    for (const { file } of staged.content) await place(join(staged.directory, file), join(directory, file));
    await writeDurably(recordFile(record.versionId), directory, layout.incoming, JSON.stringify(record));
  } catch (error) {
    await owed.discard();
    throw error;
  }
  insertVersion(index, indexed(record));
  owed.send();
  await storage.pins.remove((replaced?.content ?? []).map(({ file }) => join(directory, file)));
  return record;
}

/** The directory of a key, and the fan-out directory above it, must survive a power cut before the record does. */
async function createDirectory(directory: string) {
  const created = await mkdir(directory, { recursive: true });
  if (created === undefined) return;
  await syncDirectory(dirname(directory));
  if (created !== directory) await syncDirectory(dirname(created));
}

/** A file that a failed attempt linked before is the same file: names are never used twice. */
async function linkOnce(from: string, to: string) {
  await link(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

function newRecord(
  storage: Storage,
  bucket: Bucket,
  object: NewObject & Pick<ObjectRecord, 'kind'>,
  content: readonly ContentFile[],
): ObjectRecord {
  const sequence = storage.allotSequence();
  const versionId = versionIdentity(bucket.configuration.versioning, sequence, randomBytes(21));
  // S3 tells times of objects in whole seconds, in headers and lists alike.
  const lastModifiedMillis = Math.floor(storage.nowMillis() / 1000) * 1000;
  return { formatVersion: 1, ...object, versionId, sequence, lastModifiedMillis, content };
}

/** The index keeps no more of a record than lists need. */
function indexed(record: ObjectRecord): ObjectVersion {
  const { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis } = record;
  return { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis };
}
