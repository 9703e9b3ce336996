import { type Deletion, FyrestreamError, isJobOfVersion } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';

/** What happened to the source: it was removed, was missing before, or is a newer upload that stays. */
export type SourceDeletion = 'removed' | 'missing' | 'newer';

/**
 * Deletes the source of a version if it is still the current object of its key. The bucket is versioned: the source stays below a
 * delete marker for the time that the stack sets.
 */
export async function deleteSource(
  { store, sourceBucket }: Pick<Stack, 'store' | 'sourceBucket'>,
  { sourceKey, version }: Deletion,
): Promise<SourceDeletion> {
  const address = { bucket: sourceBucket, key: sourceKey };
  const current = await store.head(address);
  if (current === null) return 'missing';
  const { etag, versionId } = current;
  if (!isJobOfVersion(version, { ...address, etag, versionId })) return 'newer';
  try {
    await store.removeUnchanged(address, etag);
    return 'removed';
  } catch (error) {
    if (!(error instanceof FyrestreamError)) throw error;
    if (error.code === 'precondition-failed') return 'newer';
    if (error.code === 'object-missing') return 'missing';
    throw error;
  }
}
