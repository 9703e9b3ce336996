import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type JobOutputs, masterPlaylistFileName } from '@fyrestream/events';
import { publishedFolder } from '../repository-folders.ts';
import type { Stack } from '../stack/stack.ts';
import { downloadVersion } from './download-version.ts';

/**
 * Puts what was published of a file in the place of what an earlier run put there.
 * @returns the path of the master playlist
 */
export async function downloadPublished(
  stack: Stack,
  { prefix }: JobOutputs,
  fileName: string,
  signal: AbortSignal,
): Promise<string> {
  const folder = join(publishedFolder, fileName);
  const arriving = join(publishedFolder, `.${process.pid}.arriving`);
  await mkdir(publishedFolder, { recursive: true });
  try {
    await downloadVersion(stack, prefix, arriving, { signal });
    await rm(folder, { recursive: true, force: true });
    await rename(arriving, folder);
  } finally {
    await rm(arriving, { recursive: true, force: true });
  }
  return join(folder, masterPlaylistFileName);
}
