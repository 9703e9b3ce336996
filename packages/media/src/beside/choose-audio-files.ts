import type { LeftOut } from '@fyrestream/events';
import { mediaCeilings } from '../ceilings/media-ceilings.ts';
import type { AudioRole } from '../facts/audio-role.ts';
import { languageTag } from '../facts/language-tag.ts';
import { audioEndings, isAudioBeside } from './audio-ending.ts';
import { type FileBeside, filesBeside, type ListedFile } from './files-beside.ts';
import { leftOutOfAudioFile } from './left-out-of-audio-file.ts';

/** An audio file that belongs to a film. */
export interface AudioFile extends ListedFile {
  /** BCP 47. */
  readonly language: string;
  readonly role: AudioRole;
}

export interface ChosenAudioFiles {
  /** In the order of their keys. */
  readonly files: readonly AudioFile[];
  /** Files that belong to the film too, but are not used; `leftOut` says why. */
  readonly refused: readonly ListedFile[];
  readonly leftOut: readonly LeftOut[];
}

const roleWords: Readonly<Record<string, AudioRole>> = { ad: 'describes-video', commentary: 'commentary' };

/**
 * The further audio of a film: `holiday.de.m4a`, `holiday.mov.pt-BR.wav`, `holiday.en.ad.m4a` of `holiday.mov`. Without a language
 * a file is not taken: `holiday.m4a` may be anything.
 * @param listed what lies below `besideKeyPrefix`
 */
export function chooseAudioFiles(sourceKey: string, listed: readonly ListedFile[]): ChosenAudioFiles {
  const own = filesBeside(sourceKey, listed, audioEndings).filter(({ file }) => isAudioBeside(file.key));
  const files: AudioFile[] = [];
  const refused: ListedFile[] = [];
  const leftOut: LeftOut[] = [];
  let bytes = 0;
  for (const { file, words } of own) {
    const audio = readWords(words);
    if (audio === null) continue;
    bytes += file.sizeBytes;
    const why = refusalOf(files.length, bytes);
    if (why === null) files.push({ ...file, ...audio });
    else {
      refused.push(file);
      leftOut.push(leftOutOfAudioFile(file.key, why));
    }
  }
  return { files, refused, leftOut };
}

/** @returns null where it is the name of another upload: `holiday.part2.de.m4a` beside `holiday.mov` */
function readWords(words: FileBeside['words']): Pick<AudioFile, 'language' | 'role'> | null {
  const [languageWord, roleWord, ...more] = words;
  const language = languageTag(languageWord);
  const role = roleWord === undefined ? 'main' : roleWords[roleWord.toLowerCase()];
  return language === null || role === undefined || more.length > 0 ? null : { language, role };
}

function refusalOf(count: number, bytes: number): string | null {
  const { audioFiles, audioFileBytes } = mediaCeilings;
  if (count >= audioFiles) return `${audioFiles} audio files are used beside one film`;
  if (bytes > audioFileBytes) return `the audio files beside the film have more than ${audioFileBytes} bytes`;
  return null;
}
