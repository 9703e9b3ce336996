import type { ListedObject } from '@fyrestream/cloud';
import { certificateFileName, FyrestreamError } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

export interface VersionFile {
  readonly key: string;
  /** Relative to the folder of the version, with `/` as separator. */
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * Lists the files of a published version.
 * @throws FyrestreamError `outputs-missing` where it has no certificate, `unsafe-path`
 */
export async function listVersionFiles(
  { store, outputBucket }: Pick<Stack, 'store' | 'outputBucket'>,
  prefix: string,
): Promise<VersionFile[]> {
  const listed: ListedObject[] = [];
  for (let startAfter: string | undefined; ; ) {
    const page = await store.list(outputBucket, prefix, startAfter === undefined ? {} : { startAfter });
    listed.push(...page);
    startAfter = page.at(-1)?.key;
    if (startAfter === undefined) break;
  }
  const files = listed.map(({ key, sizeBytes }) => ({ key, path: key.slice(prefix.length), sizeBytes }));
  if (!files.some(({ path }) => path === certificateFileName)) {
    throw new FyrestreamError({
      code: 'outputs-missing',
      message: `The files below ${prefix} no longer exist: they were deleted, or replaced by a newer upload long ago.`,
      retryable: false,
    });
  }
  return files.map(requireSafePath);
}

/** A key may contain any characters; a file must not be written outside the directory. */
function requireSafePath(file: VersionFile): VersionFile {
  const folders = file.path.split('/');
  if (folders.every((folder) => folder !== '' && folder !== '.' && folder !== '..')) return file;
  throw new FyrestreamError({
    code: 'unsafe-path',
    message: `${file.key} cannot be stored as a file below the directory.`,
    retryable: false,
  });
}
