import {
  decodeCpuSecondsPerMegapixel,
  encodeCpuSecondsPerMegapixel,
  sourceCpuSecondsPerMegapixel,
} from './encode-speeds.ts';
import { type EncodeWork, megapixelsOf } from './encode-work.ts';

/** Headers, packets, hashes and reference frames, for each frame of each rendition, however small it is. */
const cpuSecondsPerFrame = 0.0003;
/**
 * One hour through the whole pipeline, with a track of noise, the slowest content of AAC, whose loudness is measured before and
 * after the encode and by verification. A limiter needs as much again; most tracks need none.
 */
const cpuSecondsPerAudioSecond = 0.055;

/**
 * The CPU seconds of a job: decoding, filters, encodes, and the decode of every rendition by verification. Grows with
 * duration, renditions, their sizes and the slowness of their presets.
 */
export function estimateCpuSeconds(work: EncodeWork): number {
  const { sourceSize, sourceFrames, frames, renditions, filterCpuSecondsPerFrame } = work;
  const source = sourceSize === null ? 0 : megapixelsOf(sourceSize) * sourceCpuSecondsPerMegapixel;
  const encoded = renditions.reduce(
    (sum, rendition) =>
      sum +
      cpuSecondsPerFrame +
      megapixelsOf(rendition) *
        (encodeCpuSecondsPerMegapixel(rendition) + decodeCpuSecondsPerMegapixel[rendition.codec]),
    0,
  );
  return (
    sourceFrames * source +
    frames * (filterCpuSecondsPerFrame + encoded) +
    work.audioTracks * work.durationSeconds * cpuSecondsPerAudioSecond
  );
}
