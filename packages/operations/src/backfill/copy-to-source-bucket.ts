import { FyrestreamError } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { type BackfillCandidate, type BackfillResult, known } from './backfilled-object.ts';

/** The metadata of a copy: the ETag of its source, by which a later run knows that it is done. */
const copiedEtag = 'fyrestream-copied-etag';

/**
 * Copies an object to the source bucket, whose event then admits it. A copy that an earlier run made is left as it is, unless its source
 * was replaced since.
 * @param metadata added to that of the object
 * @throws FyrestreamError `target-exists`; what the copier throws
 */
export async function copyToSourceBucket(
  { store, copier, sourceBucket }: Pick<Stack, 'store' | 'copier' | 'sourceBucket'>,
  { bucket, listedKey, key }: BackfillCandidate,
  { dryRun, metadata }: { dryRun: boolean; metadata: Readonly<Record<string, string>> },
): Promise<BackfillResult> {
  const from = { bucket, key: listedKey };
  const to = { bucket: sourceBucket, key };
  const [source, target] = await Promise.all([store.head(from), store.head(to)]);
  if (source === null) return known('object-missing', 'It was deleted meanwhile.');
  const copied = target?.metadata[copiedEtag];
  if (target !== null && copied === undefined) {
    throw new FyrestreamError({
      code: 'target-exists',
      message: `s3://${sourceBucket}/${key} exists and is no copy: name another folder by --prefix.`,
      retryable: false,
    });
  }
  if (copied === source.etag) return known('copied-before', 'An earlier run copied it.');
  if (!dryRun) {
    await copier.copy(from, source, to, {
      ...source.metadata,
      ...metadata,
      [copiedEtag]: source.etag,
    });
  }
  return { outcome: 'copied', reason: null };
}
