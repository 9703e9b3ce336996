import { chapterListFileName, chapterTrackFileName, type OutputKind, outputKinds } from '@fyrestream/events';
import { escapeCueText } from '../subtitles/cue-text.ts';
import { formatWebVttTime } from '../subtitles/render-webvtt.ts';
import type { FittedChapter } from './fit-chapters.ts';

/** The files with the chapters; none without chapters. The JSON is for HLS only. */
export function renderChapters(
  chapters: readonly FittedChapter[],
  outputs: readonly OutputKind[] = outputKinds,
): { path: string; text: string }[] {
  if (chapters.length === 0) return [];
  const track = { path: chapterTrackFileName, text: renderTrack(chapters) };
  const list = { path: chapterListFileName, text: renderList(chapters) };
  return outputs.includes('hls') ? [track, list] : [track];
}

/** For `<track kind="chapters">`. Source: W3C WebVTT, 1.5 (chapter titles). */
function renderTrack(chapters: readonly FittedChapter[]): string {
  const cues = chapters.map(({ startMilliseconds, endMilliseconds, title }) => {
    const times = `${formatWebVttTime(startMilliseconds)} --> ${formatWebVttTime(endMilliseconds)}`;
    return `${times}\n${escapeCueText(title)}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/**
 * For `EXT-X-SESSION-DATA` of the master playlist. Containers do not say the language of their titles.
 * @see https://developer.apple.com/documentation/http-live-streaming/providing-javascript-object-notation-json-chapters
 */
function renderList(chapters: readonly FittedChapter[]): string {
  const entries = chapters.map(({ startMilliseconds, endMilliseconds, title }, index) => ({
    chapter: index + 1,
    'start-time': startMilliseconds / 1_000,
    duration: (endMilliseconds - startMilliseconds) / 1_000,
    titles: [{ language: 'und', title }],
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}
