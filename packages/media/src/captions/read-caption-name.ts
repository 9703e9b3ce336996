import { languageTag } from '../facts/language-tag.ts';
import { CaptionRefusal } from './caption-refusal.ts';

/** What the name of a caption file says about its captions. */
export interface CaptionName {
  /** BCP 47; null if it names none. */
  readonly language: string | null;
  readonly isForced: boolean;
  /** Written for people who do not hear: they describe sounds too. */
  readonly isHearingImpaired: boolean;
}

const languagePattern = /^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i;
/** These are codes of languages too, but here they are endings: `a.mov.srt` beside `a.mp4`. */
const mediaEndings = new Set('avi flv m4v mkv mov mpg mxf ogv vob wmv'.split(' '));

/**
 * @param words what stands between the name of the video and the ending: `['de-AT', 'forced']`
 * @throws CaptionRefusal `caption-name-unclear`
 */
export function readCaptionName(words: readonly string[]): CaptionName {
  let languageWord: string | null = null;
  let isForced = false;
  let isHearingImpaired = false;
  for (const word of words) {
    const lower = word.toLowerCase();
    if (lower === 'forced') isForced = true;
    else if (lower === 'sdh' || lower === 'cc') isHearingImpaired = true;
    else if (languageWord === null && languagePattern.test(word) && !mediaEndings.has(lower))
      languageWord = word;
    else throw new CaptionRefusal('caption-name-unclear', words.join('.'));
  }
  return { language: languageTag(languageWord ?? undefined), isForced, isHearingImpaired };
}
