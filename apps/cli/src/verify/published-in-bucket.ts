import type { PublishedFiles } from '@fyrestream/media';
import type { Stack } from '../stack/stack.ts';
import { listVersionFiles } from '../transfer/version-files.ts';

/** How much of a file is in memory at once. */
const pieceBytes = 8 * 1024 * 1024;

/** A published version in the output bucket. @param prefix the folder of the version */
export function publishedInBucket(
  stack: Pick<Stack, 'store' | 'outputBucket'>,
  prefix: string,
  signal: AbortSignal,
): PublishedFiles {
  const { store, outputBucket: bucket } = stack;
  const sizes = new Map<string, number>();
  return {
    async sizes() {
      for (const { path, sizeBytes } of await listVersionFiles(stack, prefix)) sizes.set(path, sizeBytes);
      return sizes;
    },
    async *stream(path) {
      const sizeBytes = sizes.get(path) ?? 0;
      for (let start = 0; start < sizeBytes; start += pieceBytes) {
        signal.throwIfAborted();
        const end = Math.min(start + pieceBytes, sizeBytes) - 1;
        yield await store.readRange({ bucket, key: prefix + path }, start, end);
      }
    },
  };
}
