import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/**
 * Replaces a JSON file as a whole: after a crash at any moment it holds the old value or the new one.
 * Synchronous on purpose: these files are small, and the state they hold must not run ahead of them.
 */
export function writeJsonAtomically(path: string, value: unknown, mode = 0o644): void {
  const temporaryPath = `${path}.${randomUUID()}.tmp`;
  const file = openSync(temporaryPath, 'w', mode);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporaryPath, path);
}
