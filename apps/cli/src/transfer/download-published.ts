import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type JobOutputs, masterPlaylistFileName } from '@fyrestream/events';
import type { Stack } from '@fyrestream/operations';
import { startDownloadsFolder } from '../repository-paths.ts';
import { downloadVersion } from './download-version.ts';

/**
 * Downloads the published version of a file, and replaces the download of an earlier run.
 * @returns the path of the master playlist
 */
export async function downloadPublished(
  stack: Stack,
  { prefix }: JobOutputs,
  fileName: string,
  options: { onProgress: (fraction: number) => void; signal: AbortSignal },
): Promise<string> {
  const folder = join(startDownloadsFolder, fileName);
  const incoming = join(startDownloadsFolder, `.${process.pid}.incoming`);
  await mkdir(startDownloadsFolder, { recursive: true });
  try {
    await downloadVersion(stack, prefix, incoming, options);
    await rm(folder, { recursive: true, force: true });
    await rename(incoming, folder);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
  return join(folder, masterPlaylistFileName);
}
