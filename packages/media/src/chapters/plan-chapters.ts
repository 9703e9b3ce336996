import type { LeftOut } from '@fyrestream/events';
import type { SourceFacts } from '../facts/source-facts.ts';
import { type Chapter, maxChapters } from './chapter.ts';

/**
 * The chapters of a source on the clock of the output.
 * @param zeroSeconds the time of the source that becomes 0
 */
export function planChapters(
  { chapters, chapterCount }: Pick<SourceFacts, 'chapters' | 'chapterCount'>,
  zeroSeconds: number,
  durationSeconds: number | null,
): { chapters: Chapter[]; leftOut: LeftOut[] } {
  const endSeconds = durationSeconds ?? Number.POSITIVE_INFINITY;
  const moved = chapters.map(({ startSeconds, endSeconds, title }) => ({
    startSeconds: onOutput(startSeconds - zeroSeconds),
    endSeconds: onOutput(endSeconds - zeroSeconds),
    title,
  }));
  // One without an end lasts until the next one.
  const begun = moved.filter((one) => one.endSeconds > 0 || one.endSeconds <= one.startSeconds);
  const kept = begun.filter(({ startSeconds }) => startSeconds < endSeconds);
  const unread = chapterCount - chapters.length;
  return {
    chapters: kept,
    leftOut: [
      ...leftOut(moved.length - begun.length, 'they end before the beginning'),
      ...leftOut(begun.length - kept.length, 'they begin after the end'),
      ...leftOut(
        unread,
        chapterCount > maxChapters ? `only ${maxChapters} are published` : 'they have no time',
      ),
    ],
  };
}

/** In microseconds, without the errors of a subtraction. */
function onOutput(seconds: number): number {
  return Math.round(seconds * 1_000_000) / 1_000_000 + 0;
}

function leftOut(count: number, why: string): LeftOut[] {
  return count === 0 ? [] : [{ streamIndex: null, kind: 'chapters', why: `${count} chapters: ${why}` }];
}
