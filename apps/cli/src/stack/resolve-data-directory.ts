import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

/**
 * Resolves the data directory of a local cloud, as typed: an existing directory, or a path that does not exist yet.
 * @throws UsageError `no-directory`
 */
export function resolveDataDirectory(typed: string): string {
  const existing = statSync(typed, { throwIfNoEntry: false });
  if (existing === undefined || existing.isDirectory()) return resolve(typed);
  throw new UsageError(
    'no-directory',
    `--data ${typed} is a file: a local cloud stores its state in a directory.`,
  );
}
