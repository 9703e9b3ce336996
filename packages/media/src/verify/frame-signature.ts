import { z } from 'zod';
import type { PlannedBranch } from '../plan/encode-plan.ts';

/** Size of a frame reduced for comparison: 8-bit 4:2:0, even edges. Noise averages out, the content remains. */
export const frameSignatureSizeSchema = z.strictObject({
  width: z.int().positive(),
  height: z.int().positive(),
});
export type FrameSignatureSize = z.infer<typeof frameSignatureSizeSchema>;

const longEdgePixels = 64;
const shortEdgePixels = 16;

/** The size of the frame signatures of a branch: 64 pixels on the long edge, at least 16 on the short edge. */
export function frameSignatureSizeOf({ renditions }: PlannedBranch): FrameSignatureSize {
  const { width = 1, height = 1 } = renditions[0] ?? {};
  const scale = longEdgePixels / Math.max(width, height);
  const edge = (pixels: number) => Math.max(shortEdgePixels, 2 * Math.round((pixels * scale) / 2));
  return { width: edge(width), height: edge(height) };
}

export function frameSignatureBytes({ width, height }: FrameSignatureSize): number {
  return (width * height * 3) / 2;
}

/** Averages all pixels that become one pixel of the frame signature. */
export function frameSignatureFilter({ width, height }: FrameSignatureSize): string {
  return `scale=${width}:${height}:flags=area,format=yuv420p`;
}

/** Options of an output of frame signatures: every frame, concatenated. */
export const frameSignatureOutputOptions = ['-fps_mode', 'passthrough', '-c:v', 'rawvideo', '-f', 'rawvideo'];
