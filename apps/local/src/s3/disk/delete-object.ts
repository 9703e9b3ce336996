import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { currentObject, planDelete, removeVersion } from '../core/object-index.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import { type Bucket, lockName } from './bucket.ts';
import { recordFile } from './bucket-layout.ts';
import { commitVersion, type StagedContent } from './commit-version.ts';
import { syncDirectory } from './durable-file.ts';
import { readObjectRecord } from './object-record.ts';
import { type ChangeOrigin, prepareNotifications } from './prepare-notifications.ts';
import type { Storage } from './storage.ts';

export interface DeleteOutcome {
  /** The version that was removed, or the delete marker that was added. */
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

/** Deletes a version, or inserts a delete marker. `mayDelete` gets the current object first and may throw. */
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
    if (plan.kind === 'insert-delete-marker') {
      const marker = await insertDeleteMarker(storage, bucket, key, origin);
      return { versionId: marker.versionId, deleteMarker: true };
    }
    await remove(storage, bucket, plan.version, origin);
    return { versionId: plan.version.versionId, deleteMarker: plan.version.kind === 'delete-marker' };
  });
}

async function insertDeleteMarker(storage: Storage, bucket: Bucket, key: string, origin: ChangeOrigin) {
  const object = {
    key,
    kind: 'delete-marker',
    headers: {},
    userMetadata: {},
    eTag: '',
    sizeBytes: 0,
  } as const;
  const staged: StagedContent = { directory: bucket.layout.incoming, content: [], by: 'move' };
  const event = 'ObjectRemoved:DeleteMarkerCreated';
  const marker = await commitVersion(storage, bucket, { object, staged, event, origin });
  markDeleted(bucket, key);
  return marker;
}

async function remove(storage: Storage, bucket: Bucket, version: ObjectVersion, origin: ChangeOrigin) {
  const { layout, index } = bucket;
  const { key, versionId } = version;
  const directory = layout.objectDirectory(key);
  const record = await readObjectRecord(layout, key, versionId);
  const notifications = await prepareNotifications(storage, bucket, {
    change: 'remove',
    event: 'ObjectRemoved:Delete',
    version,
    origin,
  });
  await rm(join(directory, recordFile(versionId)));
  await syncDirectory(directory);
  removeVersion(index, key, versionId);
  markDeleted(bucket, key);
  notifications.send();
  await storage.pins.remove(record.content.map(({ file }) => join(directory, file)));
  // Fails while other versions, or files with readers, exist.
  if (!index.versions.has(key)) await rmdir(directory).catch(() => {});
}

function markDeleted(bucket: Bucket, key: string) {
  for (const write of bucket.conditionalWrites) if (write.key === key) write.deletedMeanwhile = true;
}
