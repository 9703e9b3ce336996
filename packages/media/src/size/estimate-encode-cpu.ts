import { rationalValue } from '../cmaf/rational.ts';
import { type EncodePlan, type PlannedRendition, plannedRenditions } from '../plan/encode-plan.ts';

/** For x264 veryfast: measured 61.5 CPU seconds for 16 s of Full HD in five rungs. The other values are multiples of it. */
const cpuSecondsPerMegapixel = 0.034;
const codecFactors = { h264: 1, hevc: 5, av1: 1 } as const;
/** From fastest to slowest; each step takes about 1.6 times as long. */
const wordedSpeeds = ['ultrafast', 'superfast', 'veryfast', 'faster', 'fast', 'medium', 'slow', 'slower'];
const referenceSpeed = wordedSpeeds.indexOf('veryfast');
const speedStepFactor = 1.6;
/** SVT-AV1 at 13, its fastest preset, takes about as long as x264 veryfast. */
const fastestAv1 = 13;
/** Decoding and filters, deinterlacing and tone-mapping among them. */
const cpuSecondsPerSourceMegapixel = 0.1;
/** Decoding, filters and AAC: 100 times as fast as playback. */
const cpuSecondsPerAudioSecond = 0.01;

/** The number of frames that the video of a plan will have; null if unknown. */
export function plannedFrameCount({ video, durationSeconds }: EncodePlan): number | null {
  if (video === null) return 0;
  const { frameCounts, frameRate } = video;
  if (frameCounts !== null) {
    const { source, dropped, repeated } = frameCounts;
    return source - dropped + repeated;
  }
  return durationSeconds === null ? null : durationSeconds * rationalValue(frameRate);
}

/** The estimate of the cost is for 30 frames per second. */
const framesPerEstimatedSecond = 30;

/** The duration for `estimateCost` by what a plan encodes; null if unknown. */
export function plannedDurationSeconds(plan: EncodePlan): number | null {
  const frames = plannedFrameCount(plan);
  if (frames === null || plan.durationSeconds === null) return plan.durationSeconds;
  return Math.max(plan.durationSeconds, frames / framesPerEstimatedSecond);
}

/** Roughly the CPU seconds of all encodes of a plan: for limits, which are a multiple of it. */
export function estimateEncodeCpuSeconds(plan: EncodePlan): number {
  const { video, audio, durationSeconds } = plan;
  const frames = plannedFrameCount(plan) ?? 0;
  const source = video === null ? 0 : video.displaySize.width * video.displaySize.height;
  const encoded = plannedRenditions(plan).reduce(
    (sum, rendition) => sum + rendition.width * rendition.height * factorOf(rendition),
    0,
  );
  const perFrame = (source * cpuSecondsPerSourceMegapixel + encoded * cpuSecondsPerMegapixel) / 1e6;
  return frames * perFrame + audio.length * (durationSeconds ?? 0) * cpuSecondsPerAudioSecond;
}

function factorOf({ codec, speed }: PlannedRendition): number {
  const steps = typeof speed === 'number' ? fastestAv1 - speed : wordedSpeeds.indexOf(speed) - referenceSpeed;
  return codecFactors[codec] * speedStepFactor ** steps;
}
