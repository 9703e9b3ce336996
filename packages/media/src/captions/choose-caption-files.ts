import type { LeftOut } from '@fyrestream/events';
import { filesBeside, type ListedFile } from '../beside/files-beside.ts';
import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import { CaptionRefusal } from './caption-refusal.ts';
import { leftOutOfCaptionFile } from './left-out-of-caption-file.ts';
import { type CaptionName, readCaptionName } from './read-caption-name.ts';

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

/**
 * The caption files of an upload: `holiday.srt`, `holiday.en.srt`, `holiday.de-AT.forced.vtt` and `holiday.mov.en.srt` of
 * `holiday.mov`.
 * @param listed what lies below `besideKeyPrefix`
 */
export function chooseCaptionFiles(sourceKey: string, listed: readonly ListedFile[]): ChosenCaptionFiles {
  const own = filesBeside(sourceKey, listed, endings);
  const files: CaptionFile[] = [];
  const refused: ListedFile[] = [];
  const leftOut: LeftOut[] = [];
  let bytes = 0;
  for (const { file, words } of own.slice(0, mediaCeilings.captionFiles)) {
    try {
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
