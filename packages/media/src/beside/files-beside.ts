import { ignoredObjectKind } from '@fyrestream/events';
import { isAudioBeside } from './audio-ending.ts';

/** An object beside an upload, as a listing shows it. */
export interface ListedFile {
  readonly key: string;
  readonly sizeBytes: number;
}

/** A file that belongs to an upload. */
export interface FileBeside {
  readonly file: ListedFile;
  /** What stands between the name of the upload and the ending of the file: `['de-AT', 'forced']`. */
  readonly words: readonly string[];
}

/** The keys of all files of an upload begin with it: `videos/holiday.` for `videos/holiday.mov`. */
export function besideKeyPrefix(sourceKey: string): string {
  return `${withoutEnding(sourceKey)}.`;
}

/**
 * The files with these endings that belong to an upload, in the order of their keys: `holiday.en.srt` and `holiday.mov.en.srt` of
 * `holiday.mov`. Videos that differ in their ending share them; of videos whose names continue one another
 * (`holiday.mov`, `holiday.part2.mov`) a file belongs to the one with the longest name. `holiday.de.m4a` is an upload too, but does not
 * take `holiday.de.srt` from the film.
 * @param listed what lies below `besideKeyPrefix`
 */
export function filesBeside(sourceKey: string, listed: readonly ListedFile[], endings: RegExp): FileBeside[] {
  const others = listed
    .filter(({ key, sizeBytes }) => key !== sourceKey && ignoredObjectKind(key, sizeBytes) === null)
    .filter(({ key }) => matchedName(sourceKey, key) === null || !isAudioBeside(key))
    .flatMap(({ key }) => [key, withoutEnding(key)]);
  return listed.toSorted(byKey).flatMap((file) => {
    if (file.key === sourceKey || !endings.test(file.key)) return [];
    const name = matchedName(sourceKey, file.key);
    const isOfOther = others.some(
      (other) => other !== file.key && other.length > (name?.length ?? 0) && file.key.startsWith(`${other}.`),
    );
    if (name === null || isOfOther) return [];
    return { file, words: file.key.slice(name.length).replace(endings, '').split('.').slice(1) };
  });
}

/** The name of the upload with which the key begins: with its ending if possible. */
function matchedName(sourceKey: string, key: string): string | null {
  return [sourceKey, withoutEnding(sourceKey)].find((name) => key.startsWith(`${name}.`)) ?? null;
}

function withoutEnding(key: string): string {
  const nameStart = key.lastIndexOf('/') + 1;
  const dot = key.lastIndexOf('.');
  return dot > nameStart ? key.slice(0, dot) : key;
}

function byKey(left: ListedFile, right: ListedFile): number {
  return left.key < right.key ? -1 : 1;
}
