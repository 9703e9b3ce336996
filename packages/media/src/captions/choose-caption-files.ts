import { ignoredObjectKind, type LeftOut } from '@fyrestream/events';
import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import { CaptionRefusal } from './caption-refusal.ts';
import { leftOutOfCaptionFile } from './left-out-of-caption-file.ts';
import { type CaptionName, readCaptionName } from './read-caption-name.ts';

/** An object beside an upload, as a listing shows it. */
export interface ListedFile {
  readonly key: string;
  readonly sizeBytes: number;
}

/** A caption file that belongs to an upload. */
export interface CaptionFile extends ListedFile, CaptionName {}

export interface ChosenCaptionFiles {
  /** In the order of their keys. */
  readonly files: readonly CaptionFile[];
  /** Files that belong to the upload too, but are not used; `leftOut` says why. */
  readonly refused: readonly ListedFile[];
  readonly leftOut: readonly LeftOut[];
}

const endings = /\.(srt|vtt|ttml)$/i;

export function isCaptionFile(key: string): boolean {
  return endings.test(key);
}

/** The keys of all caption files of an upload begin with it: `videos/holiday.` for `videos/holiday.mov`. */
export function captionKeyPrefix(sourceKey: string): string {
  return `${withoutEnding(sourceKey)}.`;
}

/**
 * The caption files of an upload: `holiday.srt`, `holiday.en.srt`, `holiday.de-AT.forced.vtt` and `holiday.mov.en.srt` of
 * `holiday.mov`. Videos that differ in their ending share them; of videos whose names continue one another
 * (`holiday.mov`, `holiday.part2.mov`) a file belongs to the one with the longest name.
 * @param listed what lies below `captionKeyPrefix`
 */
export function chooseCaptionFiles(sourceKey: string, listed: readonly ListedFile[]): ChosenCaptionFiles {
  const others = listed
    .filter(({ key, sizeBytes }) => key !== sourceKey && ignoredObjectKind(key, sizeBytes) === null)
    .flatMap(({ key }) => [key, withoutEnding(key)]);
  const own = listed.toSorted(byKey).flatMap((file) => {
    const name = isCaptionFile(file.key) ? matchedName(sourceKey, file.key) : null;
    const isOfOther = others.some(
      (other) => other.length > (name?.length ?? 0) && file.key.startsWith(`${other}.`),
    );
    return name === null || isOfOther ? [] : { file, name };
  });
  const files: CaptionFile[] = [];
  const refused: ListedFile[] = [];
  const leftOut: LeftOut[] = [];
  let bytes = 0;
  for (const { file, name } of own.slice(0, mediaCeilings.captionFiles)) {
    try {
      const words = file.key.slice(name.length).replace(endings, '').split('.').slice(1);
      const caption = readCaptionName(words);
      if (file.sizeBytes > mediaCeilings.captionFileBytes)
        throw new CaptionRefusal('caption-file-too-large', `${file.sizeBytes} bytes`);
      if (bytes + file.sizeBytes > mediaCeilings.captionBytes)
        throw new CaptionRefusal('caption-files-too-large');
      bytes += file.sizeBytes;
      files.push({ ...file, ...caption });
    } catch (error) {
      refused.push(file);
      leftOut.push(leftOutOfCaptionFile(file.key, error));
    }
  }
  const moreCount = own.length - mediaCeilings.captionFiles;
  if (moreCount > 0) leftOut.push(leftOutOfMoreFiles(moreCount));
  return { files, refused, leftOut };
}

function leftOutOfMoreFiles(count: number): LeftOut {
  const why = `${count} more caption files are not used: ${mediaCeilings.captionFiles} are read beside one video`;
  return { streamIndex: null, kind: 'captions', why };
}

/** The name of the video with which the key begins: with its ending if possible. */
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
