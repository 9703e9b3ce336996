import { encryptionKeyKey } from '@fyrestream/events';
import { encryptionKeyBytes } from '@fyrestream/media';
import type { Stack } from '../stack/stack.ts';

/**
 * The AES-128 key of a published version: 16 bytes.
 * @param prefix the folder of the version
 * @returns null if it is not encrypted, or was removed
 * @throws FyrestreamError `object-access-denied` without the permission to read below `keys/`
 */
export async function readEncryptionKey(
  { store, outputBucket }: Pick<Stack, 'store' | 'outputBucket'>,
  prefix: string,
): Promise<Uint8Array | null> {
  const address = { bucket: outputBucket, key: encryptionKeyKey(prefix) };
  if ((await store.head(address)) === null) return null;
  return store.readRange(address, 0, encryptionKeyBytes - 1);
}
