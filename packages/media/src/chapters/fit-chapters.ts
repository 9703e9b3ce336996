import type { Chapter } from './chapter.ts';

/** A published chapter. Its times are whole milliseconds, as WebVTT has no finer ones. */
export interface FittedChapter {
  readonly startMilliseconds: number;
  readonly endMilliseconds: number;
  readonly title: string;
}

/**
 * Fits planned chapters into the published duration, one after another: players show them as sections of the time line. Of
 * several that begin at the same time, the last one stays.
 */
export function fitChapters(chapters: readonly Chapter[], durationSeconds: number): FittedChapter[] {
  const totalMilliseconds = Math.floor(durationSeconds * 1_000);
  const clamp = (seconds: number) => Math.min(totalMilliseconds, Math.max(0, Math.round(seconds * 1_000)));
  const starts = [...chapters.map(({ startSeconds }) => clamp(startSeconds)), totalMilliseconds];
  return chapters
    .map(({ endSeconds, startSeconds, title }, index) => {
      const startMilliseconds = starts[index] ?? 0;
      const nextMilliseconds = starts[index + 1] ?? totalMilliseconds;
      // Some containers have no ends: a chapter then lasts until the next one.
      const ownEnd = endSeconds > startSeconds ? clamp(endSeconds) : nextMilliseconds;
      return { startMilliseconds, endMilliseconds: Math.min(ownEnd, nextMilliseconds), title };
    })
    .filter(({ startMilliseconds, endMilliseconds }) => endMilliseconds > startMilliseconds)
    .map((chapter, index) => ({ ...chapter, title: chapter.title ?? `Chapter ${index + 1}` }));
}
