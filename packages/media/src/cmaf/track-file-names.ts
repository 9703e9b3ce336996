/** The files in a track's folder. */
export const initFileName = 'init.mp4';
export const mediaPlaylistFileName = 'index.m3u8';
export const iframePlaylistFileName = 'iframes.m3u8';

/** Segments count from 1; the DASH manifest names them by the same pattern. */
export function segmentFileName(number: number): string {
  return `segment_${String(number).padStart(5, '0')}.m4s`;
}
export const segmentFileTemplate = 'segment_$Number%05d$.m4s';
