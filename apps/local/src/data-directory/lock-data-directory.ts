import { DatabaseSync } from 'node:sqlite';
import { LocalError } from '../local-error.ts';
import { readConnectionFile } from './connection-file.ts';
import type { DataLayout } from './data-layout.ts';

/**
 * Takes the data directory for this process; answers what gives it back.
 * SQLite's exclusive lock is the operating system's: it ends with the process, also by kill -9, so that no stale lock
 * has to be told from a live one.
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
