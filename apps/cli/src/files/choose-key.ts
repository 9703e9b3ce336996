import { maxKeyBytes, uploadKey, uploadKeyProblem } from '@fyrestream/events';
import { UsageError } from '../usage-error.ts';

/**
 * Where a file goes: `videos/<prefix>/<its own name>`, whatever its name looks like.
 * @param prefix folders below `videos/`, as typed
 * @throws UsageError `bad-prefix`, `name-too-long`, `not-an-upload`
 */
export function chooseKey(name: string, prefix: string | undefined): string {
  const folders = foldersOf(prefix);
  const key = uploadKey([...folders, name].join('/'));
  if (Buffer.byteLength(key) > maxKeyBytes) {
    throw new UsageError(
      'name-too-long',
      `${name} would be stored under ${Buffer.byteLength(key)} bytes of key, and S3 takes ${maxKeyBytes}: use shorter names.`,
    );
  }
  const why = uploadKeyProblem(key);
  if (why === null) return key;
  throw new UsageError('not-an-upload', `${name} ${refusals[why]}`);
}

/** Why the pipeline would pass a file by, so that nobody waits for a job that never comes. */
const refusals: Record<NonNullable<ReturnType<typeof uploadKeyProblem>>, string> = {
  'outside-uploads': 'would not be stored below videos/.',
  'folder-marker': 'is a folder, and only files become videos.',
  'system-file': 'is a hidden or system file, which Fyrestream passes by: give it another name.',
  sidecar:
    'goes with a video and is none itself, so Fyrestream passes it by: give it another name if it is one.',
};

function foldersOf(prefix: string | undefined): string[] {
  if (prefix === undefined) return [];
  const folders = prefix.replace(/^\/+|\/+$/g, '').split('/');
  if (folders.every((folder) => folder !== '' && folder !== '.' && folder !== '..')) return folders;
  throw new UsageError(
    'bad-prefix',
    `--prefix ${prefix} has to be a folder below videos/, such as trips/2026.`,
  );
}
