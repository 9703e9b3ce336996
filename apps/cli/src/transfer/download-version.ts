import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FyrestreamError } from '@fyrestream/events';
import { listVersionFiles, type Stack, type VersionFile } from '@fyrestream/operations';
import pMap from 'p-map';

export interface DownloadedVersion {
  readonly fileCount: number;
  readonly sizeBytes: number;
}

const maxConcurrentFiles = 6;

/**
 * Downloads a published version with the folder structure of the bucket, so that `<directory>/master.m3u8` plays.
 * A file gets its final name only when it is complete.
 * @param prefix the folder of the version
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
  // A download that fails stops the others.
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  let receivedBytes = 0;
  const receive = async (file: VersionFile) => {
    await downloadFile(stack, file, join(directory, ...file.path.split('/')), signal);
    receivedBytes += file.sizeBytes;
    options.onProgress?.(receivedBytes / Math.max(1, sizeBytes));
  };
  try {
    await pMap(files, receive, { concurrency: maxConcurrentFiles, signal });
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
        message: `${key} has ${sizeBytes} bytes, but ${received} were received: try again.`,
        retryable: true,
      });
    }
    await rename(partialPath, path);
  } catch (error) {
    await rm(partialPath, { force: true });
    throw error;
  }
}
