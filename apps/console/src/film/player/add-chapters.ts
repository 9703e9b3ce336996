/**
 * Shows chapters on the time line of the player. They are loaded by an element of their own: where a `<track>` with chapters is added to
 * a video, Chromium also turns on captions in the language of the browser.
 * @param url WebVTT
 */
export function addChapters(media: HTMLMediaElement, url: string): void {
  const element = document.createElement('track');
  element.kind = 'chapters';
  element.src = url;
  element.addEventListener('load', () => {
    const chapters = chaptersOf(media) ?? media.addTextTrack('chapters', 'Chapters');
    for (const cue of [...(element.track.cues ?? [])]) {
      const { startTime, endTime, text } = cue as VTTCue;
      chapters.addCue(new VTTCue(startTime, endTime, text));
    }
    // The controls read the cues again when a mode changes.
    chapters.mode = 'disabled';
    chapters.mode = 'hidden';
  });
  document.createElement('video').append(element);
  element.track.mode = 'hidden';
}

/** Cues that are added twice, when the film is loaded again, replace each other. */
function chaptersOf(media: HTMLMediaElement): TextTrack | undefined {
  const found = [...media.textTracks].find(({ kind }) => kind === 'chapters');
  for (const cue of [...(found?.cues ?? [])]) found?.removeCue(cue);
  return found;
}
