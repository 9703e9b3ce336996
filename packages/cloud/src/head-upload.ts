import { FyrestreamError, type Upload } from '@fyrestream/events';
import type { ObjectFacts, ObjectStore } from './object-store.ts';

/**
 * The facts of an upload that is to be processed. A versioned bucket keeps a deleted object below a delete marker, where it can
 * still be read by its version id: so the key is looked up too.
 * @throws FyrestreamError `object-missing` if the upload was deleted; whatever `head` throws
 */
export async function headUpload(store: Pick<ObjectStore, 'head'>, upload: Upload): Promise<ObjectFacts> {
  const { bucket, key, versionId } = upload;
  const facts = await store.head(upload);
  const isDeleted = facts === null || (versionId !== null && (await store.head({ bucket, key })) === null);
  if (!isDeleted) return facts;
  throw new FyrestreamError({
    code: 'object-missing',
    message: `${key} was deleted before it could be read.`,
    retryable: false,
  });
}
