import type { FfprobeChapter } from '../facts/ffprobe-output.ts';
import { type Chapter, maxChapters } from './chapter.ts';

const maxTitleCharacters = 200;

/** The chapters with a time that ffprobe lists, the first `maxChapters` of them, in the order of their start. */
export function readChapters(listed: readonly FfprobeChapter[]): Chapter[] {
  return listed
    .flatMap(({ start_time: startSeconds, end_time: endSeconds, tags }) =>
      startSeconds === undefined
        ? []
        : { startSeconds, endSeconds: endSeconds ?? startSeconds, title: readTitle(tags.get('title')) },
    )
    .toSorted((left, right) => left.startSeconds - right.startSeconds)
    .slice(0, maxChapters);
}

/**
 * A title as one line of valid text. ffprobe writes bytes that are not UTF-8 as U+FFFD. Controls that turn the direction of
 * the text would turn that of the page too.
 */
function readTitle(title = ''): string | null {
  const line = title
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ')
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
  return [...line].slice(0, maxTitleCharacters).join('') || null;
}
