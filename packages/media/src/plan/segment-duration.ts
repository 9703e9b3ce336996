import { type Rational, rationalValue } from '../cmaf/rational.ts';
import type { EncodePlan, PlannedVideo } from './encode-plan.ts';

/**
 * The exact duration of a segment: whole key frame intervals nearest to the plan's seconds, 6.006 s at 29.97 frames per
 * second. Audio is cut at the same times; without video at the plan's own seconds.
 */
export function segmentDurationOf({ video, segmentSeconds }: EncodePlan): Rational {
  if (video === null) return { numerator: segmentSeconds, denominator: 1 };
  const { numerator, denominator } = video.frameRate;
  return { numerator: segmentFramesOf(video, segmentSeconds) * denominator, denominator: numerator };
}

/** The number of frames of a segment. */
export function segmentFramesOf(
  { frameRate, keyFrameIntervalFrames }: Pick<PlannedVideo, 'frameRate' | 'keyFrameIntervalFrames'>,
  segmentSeconds: number,
): number {
  const intervals = Math.max(
    1,
    Math.round((segmentSeconds * rationalValue(frameRate)) / keyFrameIntervalFrames),
  );
  return intervals * keyFrameIntervalFrames;
}
