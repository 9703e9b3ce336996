import { compareKeys, firstIndex } from './key-order.ts';
import type { ObjectVersion, Versioning } from './object-version.ts';

/** All versions of all keys of one bucket. Only the functions below change it. */
export interface ObjectIndex {
  /** In the order of S3. */
  readonly keys: string[];
  /** Newest first. */
  readonly versions: Map<string, ObjectVersion[]>;
}

export function emptyObjectIndex(): ObjectIndex {
  return { keys: [], versions: new Map() };
}

/** The newest version of a key, which may be a delete marker. */
export function newestVersion(index: ObjectIndex, key: string): ObjectVersion | undefined {
  return index.versions.get(key)?.[0];
}

/** The object that a read without a version id returns; undefined where there is none or the newest version is a delete marker. */
export function currentObject(index: ObjectIndex, key: string): ObjectVersion | undefined {
  const newest = newestVersion(index, key);
  return newest?.kind === 'object' ? newest : undefined;
}

export function findVersion(index: ObjectIndex, key: string, versionId: string): ObjectVersion | undefined {
  return index.versions.get(key)?.find((version) => version.versionId === versionId);
}

/** Adds a version. Returns the version with the same id that it replaces; only `null` versions are replaced. */
export function insertVersion(index: ObjectIndex, version: ObjectVersion): ObjectVersion | undefined {
  const versions = index.versions.get(version.key);
  if (versions === undefined) {
    index.versions.set(version.key, [version]);
    index.keys.splice(
      firstIndex(index.keys, (key) => compareKeys(key, version.key) > 0),
      0,
      version.key,
    );
    return undefined;
  }
  const replaced = versions.findIndex((one) => one.versionId === version.versionId);
  const [removed] = replaced < 0 ? [] : versions.splice(replaced, 1);
  const place = versions.findIndex((one) => one.sequence < version.sequence);
  versions.splice(place < 0 ? versions.length : place, 0, version);
  return removed;
}

/** Removes one version permanently. Returns whether it existed. */
export function removeVersion(index: ObjectIndex, key: string, versionId: string): boolean {
  const versions = index.versions.get(key) ?? [];
  const place = versions.findIndex((one) => one.versionId === versionId);
  if (place < 0) return false;
  versions.splice(place, 1);
  if (versions.length === 0) {
    index.versions.delete(key);
    index.keys.splice(
      firstIndex(index.keys, (one) => compareKeys(one, key) >= 0),
      1,
    );
  }
  return true;
}

export type DeletePlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'remove'; readonly version: ObjectVersion }
  | { readonly kind: 'insert-delete-marker' };

/**
 * Plans a delete. With a version id it removes that version. Without one it inserts a delete marker, or removes the object
 * where the bucket was never versioned.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
 */
export function planDelete(
  index: ObjectIndex,
  versioning: Versioning,
  key: string,
  versionId: string | undefined,
): DeletePlan {
  if (versionId === undefined && versioning !== 'unversioned') return { kind: 'insert-delete-marker' };
  const version = findVersion(index, key, versionId ?? 'null');
  return version === undefined ? { kind: 'nothing' } : { kind: 'remove', version };
}
