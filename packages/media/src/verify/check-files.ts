import { FyrestreamError } from '@fyrestream/events';
import { type Check, equals } from './check.ts';
import { dashReferences, hlsReferences, type PlaylistReference } from './playlist-references.ts';

/** Sizes of files by their path below the folder of a version. */
export type FileSizes = ReadonlyMap<string, number>;

const maxNamed = 3;

/** Holds what lies in the bucket against what was made: all of it, of the same size. */
export function checkStoredFiles(made: FileSizes, stored: FileSizes): Check[] {
  const wrong = [...made].filter(([path, sizeBytes]) => stored.get(path) !== sizeBytes);
  return [equals({ name: 'stored-files', measured: listed(wrong.map(([path]) => path)) }, 'all')];
}

/** Playlists and manifests parse, and every file they name is there, as long as they say. */
export function checkPlaylists(playlists: ReadonlyMap<string, string>, stored: FileSizes): Check[] {
  return [...playlists].flatMap(([path, text]) => {
    const read = tryToRead(path, text);
    const parses = equals({ name: 'playlist-parses', subject: path, measured: read.problem ?? 'yes' }, 'yes');
    const missing = read.references.filter(
      ({ path: named, endBytes }) => (stored.get(named) ?? -1) < endBytes,
    );
    const names = [...new Set(missing.map((reference) => reference.path))];
    return [parses, equals({ name: 'playlist-references', subject: path, measured: listed(names) }, 'all')];
  });
}

function tryToRead(path: string, text: string): { references: PlaylistReference[]; problem: string | null } {
  try {
    const references = path.endsWith('.mpd') ? dashReferences(path, text) : hlsReferences(path, text);
    return { references, problem: null };
  } catch (error) {
    if (!(error instanceof FyrestreamError)) throw error;
    return { references: [], problem: error.message };
  }
}

/** What is not as it should be, the first few by name. */
function listed(wrong: readonly string[]): string {
  if (wrong.length === 0) return 'all';
  const more = wrong.length > maxNamed ? ` and ${wrong.length - maxNamed} more` : '';
  return `not ${wrong.slice(0, maxNamed).join(', ')}${more}`;
}
