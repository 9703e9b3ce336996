/** Beside the master playlist: cues that name sheets. */
export const spriteTrackFileName = 'thumbnails.vtt';
/** As ffmpeg numbers what it writes. */
export const spriteSheetPattern = 'sprite-%d.jpg';

/** `sprite-1.jpg` is the first. */
export function spriteSheetFileName(sheetNumber: number): string {
  return spriteSheetPattern.replace('%d', `${sheetNumber}`);
}
