import { FyrestreamError } from '@fyrestream/events';
import { type Check, equalCheck } from './check.ts';
import { dashReferencedFiles, hlsReferencedFiles, type ReferencedFile } from './referenced-files.ts';

/** Sizes of files by their path relative to the folder of a version. */
export type FileSizes = ReadonlyMap<string, number>;

const maxNamed = 3;

/** Compares the stored files with the files that were made: the same paths and sizes. */
export function checkStoredFiles(made: FileSizes, stored: FileSizes): Check[] {
  const wrong = [...made].filter(([path, sizeBytes]) => stored.get(path) !== sizeBytes);
  return [equalCheck({ name: 'stored-files', measured: listed(wrong.map(([path]) => path)) }, 'all')];
}

/**
 * Checks that playlists and manifests parse, and that every file they refer to exists with at least the size they need.
 */
export function checkPlaylists(playlists: ReadonlyMap<string, string>, stored: FileSizes): Check[] {
  return [...playlists].flatMap(([path, text]) => {
    const read = tryToRead(path, text);
    const parses = equalCheck(
      { name: 'playlist-parses', subject: path, measured: read.problem ?? 'yes' },
      'yes',
    );
    const missing = read.references.filter(
      ({ path: named, endBytes }) => (stored.get(named) ?? -1) < endBytes,
    );
    const names = [...new Set(missing.map((reference) => reference.path))];
    return [
      parses,
      equalCheck({ name: 'playlist-references', subject: path, measured: listed(names) }, 'all'),
    ];
  });
}

function tryToRead(path: string, text: string): { references: ReferencedFile[]; problem: string | null } {
  try {
    const references = path.endsWith('.mpd')
      ? dashReferencedFiles(path, text)
      : hlsReferencedFiles(path, text);
    return { references, problem: null };
  } catch (error) {
    if (!(error instanceof FyrestreamError)) throw error;
    return { references: [], problem: error.message };
  }
}

/** Describes the differences, with the names of the first few. */
function listed(wrong: readonly string[]): string {
  if (wrong.length === 0) return 'all';
  const more = wrong.length > maxNamed ? ` and ${wrong.length - maxNamed} more` : '';
  return `not ${wrong.slice(0, maxNamed).join(', ')}${more}`;
}
