import { randomBytes } from 'node:crypto';
import { link, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EventName } from '../core/notification-rule.ts';
import { insertVersion } from '../core/object-index.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import { createVersionId } from '../core/version-id.ts';
import type { Bucket } from './bucket.ts';
import { recordFile } from './bucket-layout.ts';
import { syncDirectory, writeDurably } from './durable-file.ts';
import { type ContentFile, type ObjectRecord, readObjectRecord } from './object-record.ts';
import { type ChangeOrigin, prepareNotifications } from './prepare-notifications.ts';
import type { Storage } from './storage.ts';

/** Content files in another directory of the bucket that will become those of the object. */
export interface StagedContent {
  readonly directory: string;
  readonly content: readonly ContentFile[];
  /** Files in `incoming` are moved; files of parts and copied objects are linked, because they stay. */
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
 * Makes a draft the newest version of its key; the caller holds the lock of the key. The rename of the record is the commit:
 * before it nothing is visible, after it the object is visible and its notification will be sent.
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
  const notifications = await prepareNotifications(storage, bucket, {
    change: 'write',
    event,
    version: record,
    origin,
  });
  try {
    await createDirectory(directory);
    const place = staged.by === 'move' ? rename : linkOnce;
    for (const { file } of staged.content) await place(join(staged.directory, file), join(directory, file));
    await writeDurably(recordFile(record.versionId), directory, layout.incoming, JSON.stringify(record));
  } catch (error) {
    await notifications.discard();
    throw error;
  }
  insertVersion(index, toIndexEntry(record));
  notifications.send();
  await storage.pins.remove((replaced?.content ?? []).map(({ file }) => join(directory, file)));
  return record;
}

/** The directory of a key and its parent must be on disk before the record is, in case of a power failure. */
async function createDirectory(directory: string) {
  const created = await mkdir(directory, { recursive: true });
  if (created === undefined) return;
  await syncDirectory(dirname(directory));
  if (created !== directory) await syncDirectory(dirname(created));
}

/** An existing file was linked by a failed attempt and is the same file, because names are never reused. */
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
  const sequence = storage.takeSequence();
  const versionId = createVersionId(bucket.configuration.versioning, sequence, randomBytes(21));
  // S3 uses whole seconds for times of objects, in headers and lists.
  const lastModifiedMillis = Math.floor(storage.nowMillis() / 1000) * 1000;
  return { formatVersion: 1, ...object, versionId, sequence, lastModifiedMillis, content };
}

/** The index holds only the fields that lists need. */
function toIndexEntry(record: ObjectRecord): ObjectVersion {
  const { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis } = record;
  return { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis };
}
