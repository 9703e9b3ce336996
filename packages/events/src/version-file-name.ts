/** The files of a published version, relative to its folder; tracks have a folder each. */
export const certificateFileName = 'certificate.json';

/** WebVTT beside the master playlist: its cues refer to parts of the sprite sheets. */
export const spriteTrackFileName = 'thumbnails.vtt';
/** An animated WebP. */
export const previewFileName = 'preview.webp';
/** WebVTT, and JSON in Apple's format, beside the master playlist. */
export const chapterTrackFileName = 'chapters.vtt';
export const chapterListFileName = 'chapters.json';
/** The name of a sprite sheet as ffmpeg numbers its outputs. */
export const spriteSheetPattern = 'sprite-%d.jpg';

/** `sprite-1.jpg` is the first. */
export function spriteSheetFileName(sheetNumber: number): string {
  return spriteSheetPattern.replace('%d', `${sheetNumber}`);
}

/** `h264-720.mp4` for a video rendition, `audio-1.m4a` for an audio track. */
export function progressiveFileName(trackId: string, kind: 'video' | 'audio'): string {
  return `${trackId}.${kind === 'video' ? 'mp4' : 'm4a'}`;
}

/** The files in a track's folder. */
export const initFileName = 'init.mp4';
export const mediaPlaylistFileName = 'index.m3u8';
export const iframePlaylistFileName = 'iframes.m3u8';
export const subtitleFileName = 'subtitles.vtt';

/** Segments count from 1; the DASH manifest names them by the same pattern. */
export function segmentFileName(number: number): string {
  return `segment_${String(number).padStart(5, '0')}.m4s`;
}
export const segmentFileTemplate = 'segment_$Number%05d$.m4s';
