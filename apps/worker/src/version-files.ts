import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { CertifiedFile } from '@fyrestream/media';
import { versionDelivery } from './delivery.ts';
import type { JobContext } from './job-context.ts';

/** The files of one version as they are stored, with a hash of each for the certificate. */
export interface VersionFiles {
  /** @returns the key */
  addFile(path: string, localPath: string): Promise<string>;
  /** Copies what a unit stored; its bytes are read from this disk for the hash, and do not travel again. */
  addCopy(path: string, fromKey: string, localPath: string): Promise<void>;
  addText(path: string, text: string): Promise<string>;
  list(): CertifiedFile[];
  has(path: string): boolean;
  sizeOf(path: string): number;
  /** What was made, by its path. */
  madeSizes(): Map<string, number>;
  /** What lies in the bucket, as the bucket says. */
  storedSizes(): Promise<Map<string, number>>;
}

export function createVersionFiles(work: JobContext, prefix: string, signal: AbortSignal): VersionFiles {
  const { store, settings } = work;
  const files = new Map<string, CertifiedFile>();
  const addressOf = (path: string) => ({ bucket: settings.outputBucket, key: prefix + path });
  return {
    async addFile(path, localPath) {
      files.set(path, { path, ...(await hashFile(localPath)) });
      await store.upload(addressOf(path), localPath, versionDelivery(path), { signal });
      return prefix + path;
    },
    async addCopy(path, fromKey, localPath) {
      // A copy is short, but a long film has thousands: a cancelled job must not go through them all.
      signal.throwIfAborted();
      files.set(path, { path, ...(await hashFile(localPath)) });
      await store.copy(
        { bucket: settings.outputBucket, key: fromKey },
        addressOf(path),
        versionDelivery(path),
      );
    },
    async addText(path, text) {
      signal.throwIfAborted();
      const sha256 = createHash('sha256').update(text).digest('hex');
      files.set(path, { path, sizeBytes: Buffer.byteLength(text), sha256 });
      await store.put(addressOf(path), text, versionDelivery(path));
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

async function hashFile(path: string): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  await pipeline(createReadStream(path), async (chunks) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  });
  return { sizeBytes, sha256: hash.digest('hex') };
}
