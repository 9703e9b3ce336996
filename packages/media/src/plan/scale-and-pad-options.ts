import type { FrameSize } from '../facts/source-facts.ts';

/** Rounding to even edges changes the aspect ratio by less than this; frames within it are scaled to the full size. */
const aspectTolerance = 0.02;

/**
 * Filter options that scale frames of any size to one size, with their aspect ratio and black bars. Frames with the
 * planned aspect ratio fill it exactly. `scale` and `pad` evaluate the expressions again whenever the size or pixel
 * aspect of frames changes. Source: https://ffmpeg.org/ffmpeg-filters.html#scale-1, `eval`;
 * https://ffmpeg.org/ffmpeg-filters.html#pad-1, `eval`
 * @param shape planned upright size in square pixels
 */
export function scaleAndPadOptions(size: FrameSize, shape: FrameSize): { scale: string; pad: string } {
  const fills = `lt(abs(dar*${shape.height}/${shape.width}-1),${aspectTolerance})`;
  const width = `min(${size.width},max(2,2*round(${size.height}*dar/2)))`;
  const height = `min(${size.height},max(2,2*round(${size.width}/dar/2)))`;
  return {
    scale: `w='if(${fills},${size.width},${width})':h='if(${fills},${size.height},${height})':eval=frame`,
    pad: `pad=${size.width}:${size.height}:(ow-iw)/2:(oh-ih)/2:eval=frame`,
  };
}
