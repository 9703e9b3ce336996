import { FyrestreamError } from '@fyrestream/events';
import type { Material } from './material.ts';

/** Deliveries to platforms and recordings of cameras, in Full HD. */
const filmBitrates = { min: 8_000_000, max: 40_000_000 };

/** One line that says what is encoded. */
export function describeMaterial(material: Material): string {
  const { origin, durationSeconds, width, height, framesPerSecond, videoCodec, audioCodec } = material;
  const audio = audioCodec === null ? 'no audio' : `${audioCodec} audio`;
  const megabits = (material.bitrateBitsPerSecond / 1e6).toFixed(1);
  return `${durationSeconds.toFixed(1)} s of ${width}x${height} at ${Number(framesPerSecond.toFixed(2))} fps, ${videoCodec} with ${audio}, ${megabits} Mbit/s (${origin})`;
}

/** @throws FyrestreamError `unlike-film` */
export function checkMaterial(material: Material): void {
  const { bitrateBitsPerSecond } = material;
  if (bitrateBitsPerSecond >= filmBitrates.min && bitrateBitsPerSecond <= filmBitrates.max) return;
  throw new FyrestreamError({
    code: 'unlike-film',
    message: `The material is unlike film: ${describeMaterial(material)}, but should have 8 to 40 Mbit/s.`,
    retryable: false,
  });
}
