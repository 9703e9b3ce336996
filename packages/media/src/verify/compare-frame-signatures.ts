import type { FrameSignatureSize } from './frame-signature.ts';

/** The similarity of two frames. */
export interface FrameComparison {
  /** Structural similarity of luma, from -1 to 1. */
  readonly structure: number;
  /** Mean difference of luma, in 8-bit steps. */
  readonly brightness: number;
  /** Mean difference of both chroma planes, in 8-bit steps. */
  readonly colour: number;
}

const windowPixels = 8;
const windowStep = 4;
/** The constants of the SSIM paper for 8 bits: (0.01 · 255)² and (0.03 · 255)². */
const meanConstant = 6.5025;
const varianceConstant = 58.5225;

/** Compares two frame signatures. */
export function compareFrameSignatures(
  left: Uint8Array,
  right: Uint8Array,
  size: FrameSignatureSize,
): FrameComparison {
  const lumaBytes = size.width * size.height;
  return {
    structure: structuralSimilarity(left, right, size),
    brightness: Math.abs(mean(left, 0, lumaBytes) - mean(right, 0, lumaBytes)),
    colour: meanDistance(left, right, lumaBytes, left.length),
  };
}

/**
 * SSIM of the luma of two frame signatures, with uniform windows of 8 x 8 pixels at distances of four. Source: Wang,
 * Bovik, Sheikh, Simoncelli: Image quality assessment, IEEE Transactions on Image Processing 13 (2004).
 */
export function structuralSimilarity(
  left: Uint8Array,
  right: Uint8Array,
  { width, height }: FrameSignatureSize,
): number {
  const scores: number[] = [];
  for (let y = 0; y + windowPixels <= height; y += windowStep) {
    for (let x = 0; x + windowPixels <= width; x += windowStep) {
      scores.push(windowSimilarity(left, right, y * width + x, width));
    }
  }
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function windowSimilarity(left: Uint8Array, right: Uint8Array, start: number, stride: number): number {
  let leftSum = 0;
  let rightSum = 0;
  let squares = 0;
  let products = 0;
  for (let y = 0; y < windowPixels; y++) {
    for (let x = 0; x < windowPixels; x++) {
      const a = left[start + y * stride + x] ?? 0;
      const b = right[start + y * stride + x] ?? 0;
      leftSum += a;
      rightSum += b;
      squares += a * a + b * b;
      products += a * b;
    }
  }
  const count = windowPixels * windowPixels;
  const means = (leftSum * rightSum) / (count * count);
  const meanSquares = (leftSum * leftSum + rightSum * rightSum) / (count * count);
  const variances = squares / count - meanSquares;
  const covariance = products / count - means;
  return (
    ((2 * means + meanConstant) * (2 * covariance + varianceConstant)) /
    ((meanSquares + meanConstant) * (variances + varianceConstant))
  );
}

function mean(bytes: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += bytes[index] ?? 0;
  return sum / (end - start);
}

function meanDistance(left: Uint8Array, right: Uint8Array, start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index++) sum += Math.abs((left[index] ?? 0) - (right[index] ?? 0));
  return sum / (end - start);
}
