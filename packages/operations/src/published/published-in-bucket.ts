import type { Stack } from '../stack/stack.ts';
import type { RangedFiles } from './ranged-files.ts';
import { readEncryptionKey } from './read-encryption-key.ts';
import { listVersionFiles } from './version-files.ts';

/** How much of a file is in memory at once. */
const pieceBytes = 8 * 1024 * 1024;

/** A published version in the output bucket. @param prefix the folder of the version */
export function publishedInBucket(
  stack: Pick<Stack, 'store' | 'outputBucket'>,
  prefix: string,
  signal: AbortSignal,
): RangedFiles {
  const { store, outputBucket: bucket } = stack;
  const sizes = new Map<string, number>();
  return {
    async sizes() {
      for (const { path, sizeBytes } of await listVersionFiles(stack, prefix)) sizes.set(path, sizeBytes);
      return sizes;
    },
    async *stream(path, range = { start: 0, end: (sizes.get(path) ?? 0) - 1 }) {
      for (let { start } = range; start <= range.end; start += pieceBytes) {
        signal.throwIfAborted();
        const end = Math.min(start + pieceBytes - 1, range.end);
        yield await store.readRange({ bucket, key: prefix + path }, start, end);
      }
    },
    key: () => readEncryptionKey(stack, prefix),
  };
}
