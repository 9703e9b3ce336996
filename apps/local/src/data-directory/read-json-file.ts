import { readFileSync } from 'node:fs';
import { LocalError } from '../local-error.ts';

/**
 * The value in a JSON file, undefined where there is no such file.
 * @throws LocalError `state-unreadable` where the file is no JSON
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
    message: `${path} cannot be read; repair it or remove it.`,
    retryable: false,
    cause,
  });
}
