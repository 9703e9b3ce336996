import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';

/**
 * Where a local cloud shall keep its state, as somebody typed it: a directory, or a name that is free for one.
 * @throws UsageError `no-directory`
 */
export function checkDataDirectory(typed: string): string {
  const standing = statSync(typed, { throwIfNoEntry: false });
  if (standing === undefined || standing.isDirectory()) return resolve(typed);
  throw new UsageError(
    'no-directory',
    `--data ${typed} is a file: a local cloud keeps its state in a directory.`,
  );
}
