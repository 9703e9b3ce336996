import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Written by apps/worker/container/gather-files.sh. Without the image there is none. */
const librariesOfImage = '/etc/codec-libraries';

/**
 * Two builds of one version may encode differently. ffmpeg prints its configuration and the versions of its own libraries, but not those of
 * x264, x265 and SVT-AV1: without the list of the image, an update of these is not seen.
 * @param versionText what `ffmpeg -version` prints
 * @param librariesPath of a list of its libraries with their hashes
 */
export async function buildOfFfmpeg(versionText: string, librariesPath = librariesOfImage): Promise<string> {
  const text = versionText + (await readLibraries(librariesPath));
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function readLibraries(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
