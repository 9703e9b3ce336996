import { readFileSync } from 'node:fs';
import { LocalError } from '../local-error.ts';

/**
 * Reads a JSON file; undefined where it does not exist.
 * @throws LocalError `state-unreadable` where the file is not JSON
 */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, cause);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): LocalError {
  return new LocalError({
    code: 'state-unreadable',
    message: `${path} cannot be read: repair or remove it.`,
    retryable: false,
    cause,
  });
}
