import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FyrestreamError } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { listVersionFiles, type VersionFile } from './version-files.ts';

export interface DownloadedVersion {
  readonly fileCount: number;
  readonly sizeBytes: number;
}

const filesAtOnce = 6;

/**
 * Brings a published version home, laid out as it is in the bucket, so that `<directory>/master.m3u8` plays there.
 * A file has its name only once it is whole.
 * @param prefix the version's own folder
 * @throws FyrestreamError `outputs-missing`, `size-mismatch`
 */
export async function downloadVersion(
  stack: Pick<Stack, 'store' | 'outputBucket'>,
  prefix: string,
  directory: string,
  options: { onProgress?: (fraction: number) => void; signal: AbortSignal },
): Promise<DownloadedVersion> {
  const files = await listVersionFiles(stack, prefix);
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  // One that fails stops the others too.
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const waiting = files.values();
  let receivedBytes = 0;
  const receive = async () => {
    for (const file of waiting) {
      signal.throwIfAborted();
      await downloadFile(stack, file, join(directory, ...file.path.split('/')), signal);
      receivedBytes += file.sizeBytes;
      options.onProgress?.(receivedBytes / Math.max(1, sizeBytes));
    }
  };
  try {
    await Promise.all(Array.from({ length: filesAtOnce }, receive));
  } catch (error) {
    failure.abort(error);
    throw options.signal.aborted ? options.signal.reason : error;
  }
  return { fileCount: files.length, sizeBytes };
}

async function downloadFile(
  { store, outputBucket }: Pick<Stack, 'store' | 'outputBucket'>,
  { key, sizeBytes }: VersionFile,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const partialPath = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await store.download({ bucket: outputBucket, key }, partialPath, signal);
    const received = (await stat(partialPath)).size;
    if (received !== sizeBytes) {
      throw new FyrestreamError({
        code: 'size-mismatch',
        message: `${key} has ${sizeBytes} bytes, and ${received} arrived: try again.`,
        retryable: true,
      });
    }
    await rename(partialPath, path);
  } catch (error) {
    await rm(partialPath, { force: true });
    throw error;
  }
}
