import { randomBytes } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes a small file atomically and durably: temporary file, fsync, rename, fsync of the directory. After a crash the file
 * has either the old or the new content. Both directories must be on one file system.
 */
export async function writeDurably(name: string, directory: string, incoming: string, text: string) {
  const temporary = join(incoming, randomToken());
  const handle = await open(temporary, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, join(directory, name));
  await syncDirectory(directory);
}

/** Makes renames and deletes in a directory survive a power failure. */
export async function syncDirectory(directory: string) {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** 128 random bits, for unique names. */
export function randomToken(): string {
  return randomBytes(16).toString('hex');
}
