import { DatabaseSync } from 'node:sqlite';
import { LocalError } from '../local-error.ts';
import { readConnectionFile } from './connection-file.ts';
import type { DataLayout } from './data-layout.ts';

/**
 * Locks the data directory for this process. Returns the function that unlocks it.
 * The exclusive lock of SQLite is a lock of the operating system: it ends with the process, also by kill -9, so there are no
 * stale locks.
 * @throws LocalError `data-directory-in-use`
 */
export function lockDataDirectory(layout: DataLayout): () => void {
  const database = new DatabaseSync(layout.lockFile, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (cause) {
    database.close();
    const running = readConnectionFile(layout.connectionFile);
    throw new LocalError({
      code: 'data-directory-in-use',
      message: `Another local cloud is using ${layout.root}${running ? ` (process ${running.pid}, ${running.url})` : ''}: stop it, or choose another directory.`,
      retryable: false,
      cause,
    });
  }
  return () => database.close();
}
