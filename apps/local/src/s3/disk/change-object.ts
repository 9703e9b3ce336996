import { randomBytes } from 'node:crypto';
import { link, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { evaluateWrite, type WriteConditions, type WriteVerdict } from '../core/conditions.ts';
import { notificationMessage } from '../core/notification-message.ts';
import { type EventName, matchingRules } from '../core/notification-rule.ts';
import { currentObject, insertVersion, planDelete, removeVersion } from '../core/object-index.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import { versionIdentity } from '../core/version-identity.ts';
import type { Bucket, ConditionalWrite } from './bucket.ts';
import { recordFile } from './bucket-layout.ts';
import { syncDirectory, writeDurably } from './durable-file.ts';
import { type ContentFile, type ObjectRecord, readObjectRecord } from './object-record.ts';
import type { OwedMessage } from './outbox.ts';
import type { Storage } from './storage.ts';

/** Who changes an object, as the notification tells it. */
export interface ChangeOrigin {
  readonly region: string;
  readonly principalId: string;
  readonly sourceIpAddress: string;
  readonly requestId: string;
}

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

export interface ObjectWrite {
  readonly object: NewObject;
  readonly staged: StagedContent;
  readonly conditions: WriteConditions;
  readonly event: EventName;
  readonly origin: ChangeOrigin;
}

export type WriteOutcome =
  | { readonly written: true; readonly record: ObjectRecord }
  | { readonly written: false; readonly verdict: Exclude<WriteVerdict, 'proceed'> };

/** Remembers that a conditional write is under way; give the answer to `writeObject`, then `end` it. */
export function beginConditionalWrite(bucket: Bucket, key: string, conditions: WriteConditions) {
  const write: ConditionalWrite = { key, deletedMeanwhile: false };
  const isConditional = conditions.ifMatch !== undefined || conditions.ifNoneMatch !== undefined;
  if (isConditional) bucket.conditionalWrites.add(write);
  return { write, end: () => bucket.conditionalWrites.delete(write) };
}

/**
 * Makes staged content the newest version of a key, or refuses by its conditions. The record's rename is
 * the commit: before it nothing is visible, after it everything is, notification included.
 */
export function writeObject(
  storage: Storage,
  bucket: Bucket,
  write: ObjectWrite,
  conditional?: ConditionalWrite,
): Promise<WriteOutcome> {
  const { key } = write.object;
  return storage.lock.run(lockName(bucket, key), async () => {
    const current = currentObject(bucket.index, key);
    const verdict = evaluateWrite(write.conditions, current, conditional?.deletedMeanwhile);
    if (verdict !== 'proceed') return { written: false, verdict };
    const record = newRecord(storage, bucket, { ...write.object, kind: 'object' }, write.staged.content);
    await commit(storage, bucket, record, write.staged, write.event, write.origin);
    return { written: true, record };
  });
}

export interface DeleteOutcome {
  /** The version that was removed, or the delete marker that was added. */
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

/** Deletes a version, or hides the key behind a delete marker; `mayDelete` sees the current object first. */
export function deleteObject(
  storage: Storage,
  bucket: Bucket,
  target: { readonly key: string; readonly versionId: string | undefined },
  origin: ChangeOrigin,
  mayDelete: (current: ObjectVersion | undefined) => void = () => {},
): Promise<DeleteOutcome> {
  const { key, versionId } = target;
  return storage.lock.run(lockName(bucket, key), async () => {
    mayDelete(currentObject(bucket.index, key));
    const plan = planDelete(bucket.index, bucket.configuration.versioning, key, versionId);
    if (plan.kind === 'nothing') return { versionId, deleteMarker: false };
    if (plan.kind === 'remove') {
      await remove(storage, bucket, plan.version, origin);
    } else {
      const nothing = { headers: {}, userMetadata: {}, eTag: '', sizeBytes: 0 };
      const marker = newRecord(storage, bucket, { ...nothing, key, kind: 'delete-marker' }, []);
      const staged: StagedContent = { directory: bucket.layout.incoming, content: [], by: 'move' };
      await commit(storage, bucket, marker, staged, 'ObjectRemoved:DeleteMarkerCreated', origin);
      markDeleted(bucket, key);
      return { versionId: marker.versionId, deleteMarker: true };
    }
    markDeleted(bucket, key);
    return { versionId: plan.version.versionId, deleteMarker: plan.version.kind === 'delete-marker' };
  });
}

export function lockName(bucket: Bucket, key: string): string {
  return `${bucket.configuration.name}/${key}`;
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

async function commit(
  storage: Storage,
  bucket: Bucket,
  record: ObjectRecord,
  staged: StagedContent,
  event: EventName,
  origin: ChangeOrigin,
) {
  const { layout, index } = bucket;
  const directory = layout.objectDirectory(record.key);
  const replaced = await readObjectRecord(layout, record.key, record.versionId).catch(() => undefined);
  const owed = await prepareMessages(storage, bucket, record, event, origin, 'write');
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

async function remove(storage: Storage, bucket: Bucket, version: ObjectVersion, origin: ChangeOrigin) {
  const { layout, index } = bucket;
  const { key, versionId } = version;
  const directory = layout.objectDirectory(key);
  const record = await readObjectRecord(layout, key, versionId);
  const owed = await prepareMessages(storage, bucket, version, 'ObjectRemoved:Delete', origin, 'remove');
  await rm(join(directory, recordFile(versionId)));
  await syncDirectory(directory);
  removeVersion(index, key, versionId);
  owed.send();
  await storage.pins.remove(record.content.map(({ file }) => join(directory, file)));
  // Fails while other versions (or their readers) are there.
  if (!index.versions.has(key)) await rmdir(directory).catch(() => {});
}

async function prepareMessages(
  storage: Storage,
  bucket: Bucket,
  version: ObjectVersion,
  event: EventName,
  origin: ChangeOrigin,
  change: OwedMessage['change'],
) {
  const { name, notificationRules } = bucket.configuration;
  const { key, versionId, sequence } = version;
  await storage.outbox.confirm(name, key);
  const told = change === 'remove' ? { ...version, sequence: storage.allotSequence() } : version;
  const eventMillis = storage.nowMillis();
  const messages = matchingRules(notificationRules, event, key).map((rule): OwedMessage => {
    const facts = { ...origin, event, bucket: name, configurationId: rule.id, version: told, eventMillis };
    const body = notificationMessage(facts);
    const order = told.sequence;
    return { queueArn: rule.queueArn, body, bucket: name, key, versionId, sequence, change, order };
  });
  return storage.outbox.prepare(messages);
}

function markDeleted(bucket: Bucket, key: string) {
  for (const write of bucket.conditionalWrites) if (write.key === key) write.deletedMeanwhile = true;
}

/** The index keeps no more of a record than lists need. */
function indexed(record: ObjectRecord): ObjectVersion {
  const { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis } = record;
  return { key, versionId, sequence, kind, eTag, sizeBytes, lastModifiedMillis };
}
