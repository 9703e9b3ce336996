import type { FrameSignatureSize } from './frame-signature.ts';

/** The luma of a frame signature rotated by 180 degrees, flipped top to bottom, and flipped left to right. */
export function mirroredFrameSignatures(
  signature: Uint8Array,
  { width, height }: FrameSignatureSize,
): Uint8Array[] {
  const luma = signature.subarray(0, width * height);
  const upsideDown = new Uint8Array(luma.length);
  for (let y = 0; y < height; y++) {
    upsideDown.set(luma.subarray((height - 1 - y) * width, (height - y) * width), y * width);
  }
  return [luma.toReversed(), upsideDown, upsideDown.toReversed()];
}

/**
 * The luma of a frame signature, each pixel the mean of its 3 x 3 neighbourhood, like the output of an encoder with too
 * few bits.
 */
export function blurredFrameSignature(
  signature: Uint8Array,
  { width, height }: FrameSignatureSize,
): Uint8Array {
  const blurred = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let row = y - 1; row <= y + 1; row++) {
        const rowStart = clamp(row, height) * width;
        for (let column = x - 1; column <= x + 1; column++)
          sum += signature[rowStart + clamp(column, width)] ?? 0;
      }
      blurred[y * width + x] = Math.round(sum / 9);
    }
  }
  return blurred;
}

function clamp(position: number, length: number): number {
  return Math.min(length - 1, Math.max(0, position));
}
