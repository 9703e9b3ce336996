import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/**
 * Replaces a JSON file atomically: after a crash it contains either the old or the new value.
 * It is synchronous because these files are small, and state in memory must not change before they are written.
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
