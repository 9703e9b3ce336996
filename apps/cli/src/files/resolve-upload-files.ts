import { access, constants, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { chooseKey } from './choose-key.ts';
import type { LocalFile } from './local-file.ts';

/**
 * Checks all files before the first upload starts.
 * @throws UsageError for the first file that cannot be uploaded
 */
export async function resolveUploadFiles(
  typed: readonly string[],
  options: { prefix?: string | undefined } = {},
): Promise<LocalFile[]> {
  const files: LocalFile[] = [];
  for (const argument of typed) {
    const file = await checkFile(argument, options.prefix);
    const other = files.find(({ key }) => key === file.key);
    if (other !== undefined) {
      throw new UsageError(
        'same-name',
        `${other.typed} and ${argument} would both be stored as ${file.key}: upload one of them with another --prefix.`,
      );
    }
    files.push(file);
  }
  return files;
}

async function checkFile(typed: string, prefix: string | undefined): Promise<LocalFile> {
  const path = resolve(typed);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error)
    throw refuse(typed, found.code === 'EACCES' ? 'cannot be read.' : 'does not exist.');
  if (found.isDirectory()) throw refuse(typed, 'is a directory: name the files in it.');
  if (!found.isFile()) throw refuse(typed, 'is not a regular file.');
  await access(path, constants.R_OK).catch(() => {
    throw refuse(typed, 'cannot be read: its permissions do not allow it.');
  });
  const name = basename(path);
  return { typed, name, path, key: chooseKey(name, prefix), sizeBytes: found.size };
}

function refuse(typed: string, what: string): UsageError {
  return new UsageError('file-refused', `${typed} ${what}`);
}
