import type { Watermark } from '@fyrestream/events';
import type { FrameSize } from '../facts/source-facts.ts';

/** In pixels of the picture. All even: chroma of 4:2:0 has half of them. */
export interface WatermarkPlace extends FrameSize {
  readonly x: number;
  readonly y: number;
}

/** Where an image is drawn in a picture: as wide as wanted, or as fits between the margins, with its own aspect ratio. */
export function placeWatermark(
  image: FrameSize,
  picture: FrameSize,
  { corner, size, margin }: Pick<Watermark, 'corner' | 'size' | 'margin'>,
): WatermarkPlace {
  const marginPixels = even(margin * Math.min(picture.width, picture.height));
  const scale = Math.min(
    (size * picture.width) / image.width,
    (picture.width - 2 * marginPixels) / image.width,
    (picture.height - 2 * marginPixels) / image.height,
  );
  const width = Math.max(2, even(scale * image.width));
  const height = Math.max(2, even(scale * image.height));
  const isLeft = corner.endsWith('left');
  const isTop = corner.startsWith('top');
  return {
    width,
    height,
    x: isLeft ? marginPixels : even(picture.width - marginPixels - width),
    y: isTop ? marginPixels : even(picture.height - marginPixels - height),
  };
}

function even(pixels: number): number {
  return 2 * Math.round(pixels / 2);
}
