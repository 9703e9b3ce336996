import type { PlannedRendition, VideoCodec } from '../plan/encode-plan.ts';

type Speeds = Readonly<Record<string, number>>;

/**
 * CPU seconds per megapixel of encoded video, by codec and preset: `pnpm bench:encode` measures and prints them. Measured with
 * 60 frames of 960 x 540 (12 for the slowest presets), half a Mandelbrot zoom with grain, half the moving graphics of testsrc2,
 * with the encoder options of the pipeline at CRF 22 (H.264), 25 (HEVC) and 34 (AV1); user and system time of ffmpeg 5.1 with
 * x264 164, x265 3.5 and SVT-AV1 1.4 on two shared x86_64 CPUs. Not measured on Fargate. arm64 is assumed to be as fast.
 */
const encodeCpuSeconds: Readonly<Record<VideoCodec, Speeds>> = {
  h264: {
    ultrafast: 0.013,
    superfast: 0.024,
    veryfast: 0.029,
    faster: 0.06,
    fast: 0.09,
    medium: 0.1,
    slow: 0.22,
    slower: 0.36,
  },
  hevc: {
    ultrafast: 0.065,
    superfast: 0.098,
    veryfast: 0.11,
    faster: 0.12,
    fast: 0.15,
    medium: 0.17,
    slow: 0.42,
    slower: 1.6,
  },
  av1: {
    13: 0.029,
    12: 0.051,
    11: 0.059,
    10: 0.1,
    9: 0.12,
    8: 0.21,
    7: 0.28,
    6: 0.49,
    5: 1,
    4: 2,
    3: 3.2,
    2: 5.8,
    1: 9.6,
    0: 26,
  },
};

/** CPU seconds per megapixel of decoded video: verification decodes every rendition. From the same measurement. */
export const decodeCpuSecondsPerMegapixel: Readonly<Record<VideoCodec, number>> = {
  h264: 0.0084,
  hevc: 0.011,
  av1: 0.013,
};

/** MiB per megapixel of a frame in an encoder, by its slowest preset on two CPUs. From the same measurement. */
export const encodeMemoryMebibytesPerMegapixel: Readonly<Record<VideoCodec, number>> = {
  h264: 320,
  hevc: 250,
  av1: 480,
};

/** Decoding the source (as costly as HEVC: its codec is not known before the plan) and scaling it to the first rendition. */
export const sourceCpuSecondsPerMegapixel = 0.0123;
/** bwdif, and zscale with tonemap, per megapixel of their input. From the same measurement. */
export const deinterlaceCpuSecondsPerMegapixel = 0.0022;
export const toneMapCpuSecondsPerMegapixel = 0.033;

/** CPU seconds per megapixel of an encoder's input; an unknown preset counts as the slowest one. */
export function encodeCpuSecondsPerMegapixel({
  codec,
  speed,
}: Pick<PlannedRendition, 'codec' | 'speed'>): number {
  return encodeCpuSeconds[codec][speed] ?? Math.max(...Object.values(encodeCpuSeconds[codec]));
}
