const suffix = '-surround';

/** `audio-1-surround` is the 5.1 of `audio-1`. */
export function surroundTrackId(stereoTrackId: string): string {
  return `${stereoTrackId}${suffix}`;
}

/** Whether it is the 5.1 of another track. */
export function isSurround(trackId: string): boolean {
  return trackId.endsWith(suffix);
}

/** The track of the same sound in stereo: its own id, except for 5.1. */
export function stereoTrackId(trackId: string): string {
  return isSurround(trackId) ? trackId.slice(0, -suffix.length) : trackId;
}
