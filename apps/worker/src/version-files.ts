import { createHash } from 'node:crypto';
import type { CertifiedFile } from '@fyrestream/media';
import type { JobContext } from './job-context.ts';
import { versionFileHeaders } from './object-headers.ts';
import { readPieces } from './read-pieces.ts';

/** Stores the files of one version and keeps size and hash of each for the certificate. */
export interface VersionFiles {
  /** @returns the key */
  addFile(path: string, localPath: string): Promise<string>;
  /** Copies a file of a unit or of another version inside the bucket. @returns the key */
  addCopy(path: string, fromKey: string, hash: FileHash): Promise<string>;
  addText(path: string, text: string): Promise<string>;
  list(): CertifiedFile[];
  has(path: string): boolean;
  sizeOf(path: string): number;
  /** The sizes of the added files, by path. */
  madeSizes(): Map<string, number>;
  /** The sizes of the files in the bucket, by path, from a listing. */
  storedSizes(): Promise<Map<string, number>>;
}

export function createVersionFiles(work: JobContext, prefix: string, signal: AbortSignal): VersionFiles {
  const { store, settings } = work;
  const files = new Map<string, CertifiedFile>();
  const addressOf = (path: string) => ({ bucket: settings.outputBucket, key: prefix + path });
  return {
    async addFile(path, localPath) {
      files.set(path, { path, ...(await hashFile(localPath)) });
      await store.upload(addressOf(path), localPath, versionFileHeaders(path), { signal });
      return prefix + path;
    },
    async addCopy(path, fromKey, hash) {
      // A long video has thousands of segments: a cancelled job must not copy them all.
      signal.throwIfAborted();
      files.set(path, { path, ...hash });
      await store.copy(
        { bucket: settings.outputBucket, key: fromKey },
        addressOf(path),
        versionFileHeaders(path),
      );
      return prefix + path;
    },
    async addText(path, text) {
      signal.throwIfAborted();
      const sha256 = createHash('sha256').update(text).digest('hex');
      files.set(path, { path, sizeBytes: Buffer.byteLength(text), sha256 });
      await store.put(addressOf(path), text, versionFileHeaders(path));
      return prefix + path;
    },
    list: () => [...files.values()].toSorted((left, right) => (left.path < right.path ? -1 : 1)),
    has: (path) => files.has(path),
    sizeOf: (path) => files.get(path)?.sizeBytes ?? 0,
    madeSizes: () => new Map([...files].map(([path, { sizeBytes }]) => [path, sizeBytes])),
    async storedSizes() {
      const stored = new Map<string, number>();
      for (let startAfter: string | undefined; ; ) {
        const page = await store.list(settings.outputBucket, prefix, startAfter ? { startAfter } : {});
        for (const { key, sizeBytes } of page) stored.set(key.slice(prefix.length), sizeBytes);
        startAfter = page.at(-1)?.key;
        if (startAfter === undefined) return stored;
      }
    },
  };
}

export type FileHash = Pick<CertifiedFile, 'sizeBytes' | 'sha256'>;

export async function hashFile(path: string): Promise<FileHash> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const piece of readPieces(path)) {
    hash.update(piece);
    sizeBytes += piece.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}
