import { z } from 'zod';
import type { PlannedBranch } from '../plan/encode-plan.ts';

/** A picture shrunk to a stamp: 8-bit 4:2:0, even sizes. Noise averages out, what it shows stays. */
export const frameSignatureSizeSchema = z.strictObject({
  width: z.int().positive(),
  height: z.int().positive(),
});
export type FrameSignatureSize = z.infer<typeof frameSignatureSizeSchema>;

const longEdgePixels = 64;
const shortEdgePixels = 16;

/** The stamp of all renditions of a branch: as wide or high as 64 pixels, its shape kept where it is no ribbon. */
export function frameSignatureSizeOf({ renditions }: PlannedBranch): FrameSignatureSize {
  const { width = 1, height = 1 } = renditions[0] ?? {};
  const scale = longEdgePixels / Math.max(width, height);
  const edge = (pixels: number) => Math.max(shortEdgePixels, 2 * Math.round((pixels * scale) / 2));
  return { width: edge(width), height: edge(height) };
}

export function frameSignatureBytes({ width, height }: FrameSignatureSize): number {
  return (width * height * 3) / 2;
}

/** Averages over all pixels that a pixel of the stamp stands for. */
export function frameSignatureFilter({ width, height }: FrameSignatureSize): string {
  return `scale=${width}:${height}:flags=area,format=yuv420p`;
}

/** Of an output of stamps: every frame, one behind the other. */
export const frameSignatureOutputOptions = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo'];
