import type { FrameSize } from '../facts/source-facts.ts';

/** Rounding to even edges changes an aspect by less than this; frames within it fill the size. */
const aspectTolerance = 0.02;

/**
 * The filter options that bring every frame to one size, whatever its own: scaled with its aspect, the rest black. The
 * aspect that the plan is made for fills the size exactly. `scale` and `pad` evaluate the expressions anew whenever a
 * frame's size or pixel aspect differs from that of the frame before.
 * Source: https://ffmpeg.org/ffmpeg-filters.html#scale-1, `eval`; https://ffmpeg.org/ffmpeg-filters.html#pad-1, `eval`
 * @param shape upright size in square pixels that the plan is made for
 */
export function fitSize(size: FrameSize, shape: FrameSize): { scale: string; pad: string } {
  const fills = `lt(abs(dar*${shape.height}/${shape.width}-1),${aspectTolerance})`;
  const width = `min(${size.width},max(2,2*round(${size.height}*dar/2)))`;
  const height = `min(${size.height},max(2,2*round(${size.width}/dar/2)))`;
  return {
    scale: `w='if(${fills},${size.width},${width})':h='if(${fills},${size.height},${height})':eval=frame`,
    pad: `pad=${size.width}:${size.height}:(ow-iw)/2:(oh-ih)/2:eval=frame`,
  };
}
