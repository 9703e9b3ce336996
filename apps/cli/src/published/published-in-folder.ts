import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { RangedFiles } from '@fyrestream/operations';

/** A version in a folder, as `download` stores it. */
export function publishedInFolder(folder: string, signal: AbortSignal): RangedFiles {
  return {
    async sizes() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name));
      return new Map(
        await Promise.all(
          files.map(
            async (file): Promise<[string, number]> => [
              relative(folder, file).split(sep).join('/'),
              (await stat(file)).size,
            ],
          ),
        ),
      );
    },
    // It is in the stack alone.
    key: async () => null,
    stream: (path, range) => createReadStream(join(folder, ...path.split('/')), { ...range, signal }),
  };
}
