import type { Chapter } from '../chapters/parse-chapters.ts';

/**
 * Gives the controls the chapters for the time line: they read the cues of a text track when it is added, so all cues are there by then. A
 * `<track>` would do it too, but with one Chromium also turns on captions in the language of the browser.
 */
export function showChapters(media: HTMLMediaElement, chapters: readonly Chapter[]): void {
  const track = media.addTextTrack('chapters');
  for (const { startSeconds, endSeconds, title } of chapters)
    track.addCue(
      new VTTCue(startSeconds, endSeconds, title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    );
  track.mode = 'hidden';
}
