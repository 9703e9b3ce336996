import { ignoredObjectKind, maxKeyBytes, unpublishableKeyReason, uploadKey } from '@fyrestream/events';
import { UsageError } from '../usage-error.ts';

/**
 * The object key of a file: `videos/<prefix>/<file name>`. That of a sidecar too, whether or not its video is uploaded.
 * @param prefix folders below `videos/`, as typed
 * @throws UsageError `bad-prefix`, `name-too-long`, `not-an-upload`, or the code of a refused key
 */
export function chooseKey(name: string, prefix: string | undefined): string {
  const folders = foldersOf(prefix);
  const key = uploadKey([...folders, name].join('/'));
  if (Buffer.byteLength(key) > maxKeyBytes) {
    throw new UsageError(
      'name-too-long',
      `The key of ${name} would have ${Buffer.byteLength(key)} bytes, and S3 allows ${maxKeyBytes}: use shorter names.`,
    );
  }
  const refusal = unpublishableKeyReason(key);
  if (refusal !== null) throw new UsageError(refusal.code, `${name}: ${refusal.message}`);
  const why = ignoredObjectKind(key, 0);
  if (why === null || why === 'sidecar') return key;
  throw new UsageError('not-an-upload', `${name} ${problemMessages[why]}`);
}

/** Why the pipeline would ignore a file, and so never create its job. */
const problemMessages: Record<Exclude<ReturnType<typeof ignoredObjectKind>, 'sidecar' | null>, string> = {
  'outside-uploads': 'would not be stored below videos/.',
  'folder-marker': 'is a folder, and only files become videos.',
  'system-file': 'is a hidden or system file, which Fyrestream ignores: rename it.',
};

/**
 * The folder below `videos/` that a person typed, without slashes at its ends; empty for none.
 * @throws UsageError `bad-prefix`
 */
export function chooseFolder(prefix: string | undefined): string {
  return foldersOf(prefix).join('/');
}

function foldersOf(prefix: string | undefined): string[] {
  if (prefix === undefined) return [];
  const folders = prefix.replace(/^\/+|\/+$/g, '').split('/');
  if (folders.every((folder) => folder !== '' && folder !== '.' && folder !== '..')) return folders;
  throw new UsageError(
    'bad-prefix',
    `--prefix ${prefix} must be a folder below videos/, such as trips/2026.`,
  );
}
