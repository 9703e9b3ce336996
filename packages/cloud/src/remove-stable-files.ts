import { type StableFileName, stableFileNames, stableKey } from '@fyrestream/events';
import type { Ledger } from './ledger/create-ledger.ts';
import type { ObjectStore } from './object-store.ts';
import { isObjectChanged } from './object-store-error.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/**
 * Removes the stable files of a key whose version was deleted, the master playlist first. Each removal has the ETag as its
 * condition, and the ETag was read before the ledger was asked whether a version is published: the files of a version that is
 * published meanwhile are never removed. Safe to repeat.
 * @returns false if a version is published again
 * @throws FyrestreamError `publication-contention`; what the store throws
 */
export async function removeStableFiles(
  services: { readonly ledger: Pick<Ledger, 'readOutput'>; readonly store: ObjectStore },
  outputBucket: string,
  sourceKey: string,
): Promise<boolean> {
  for (const fileName of stableFileNames.toReversed()) {
    if (!(await removeStableFile(services, outputBucket, sourceKey, fileName))) return false;
  }
  return true;
}

async function removeStableFile(
  { ledger, store }: Parameters<typeof removeStableFiles>[0],
  bucket: string,
  sourceKey: string,
  fileName: StableFileName,
): Promise<boolean> {
  const address = { bucket, key: stableKey(sourceKey, fileName) };
  return retryOnConflict(
    async () => {
      const existing = await store.head(address);
      const output = await ledger.readOutput(sourceKey);
      if (output !== null && output.published !== null) return false;
      if (existing !== null) await store.removeUnchanged(address, existing.etag);
      return true;
    },
    { isConflict: isObjectChanged, code: 'publication-contention', subject: address.key },
  );
}
