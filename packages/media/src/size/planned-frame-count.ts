import { rationalValue } from '../cmaf/rational.ts';
import type { EncodePlan } from '../plan/encode-plan.ts';

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
