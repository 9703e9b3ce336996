import { rationalValue } from '../cmaf/rational.ts';
import type { VideoStream } from '../facts/source-facts.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import type { EncodePlan, PlannedVideo } from './encode-plan.ts';
import { countFrameSlots } from './frame-slots.ts';
import type { PlannedFrameRate } from './plan-frame-rate.ts';

/**
 * How many frames the source has, and how many of them are dropped or repeated for a reason. Verification compares with
 * it what was decoded and published: any other difference is a rate that was taken wrong.
 */
export function planFrameCounts(
  stream: VideoStream,
  timing: FrameTiming | null,
  { rate, change }: PlannedFrameRate,
  { zeroSeconds }: EncodePlan['timeline'],
  fieldsPerFrame: number,
): PlannedVideo['frameCounts'] {
  const first = timing?.times[0];
  if (timing === null || first === undefined) return null;
  const framesPerSecond = rationalValue(rate);
  // Decode times begin earlier than what is shown.
  const zero = zeroSeconds + (timing.lacksTimes ? first - (stream.startSeconds ?? first) : 0);
  const slots = countFrameSlots(timing.times, zero, framesPerSecond);
  const early = timing.times.filter((time) => Math.round((time - zero) * framesPerSecond) < 0).length;
  const leadIn = Math.max(0, Math.round((first - zero) * framesPerSecond));
  const dropped = change === 'divided' ? slots.droppedFrames : early + timing.overlapCount;
  const repeated = change === 'kept' ? leadIn + missingFrames(timing) : slots.repeatedFrames;
  const reasons = [
    ...(change === 'divided' ? [`${dropped} dropped, above 60 a second`] : []),
    ...(change !== 'divided' && early > 0 ? [`${early} before the beginning dropped`] : []),
    ...(timing.overlapCount > 0 ? [`${timing.overlapCount} dropped where the clock goes back`] : []),
    ...(repeated > 0 ? [`${repeated} slots without a frame of their own repeat one`] : []),
  ];
  const counted = `${timing.times.length} frames by the packets of the source`;
  return {
    source: timing.times.length,
    dropped,
    repeated,
    fieldsPerFrame,
    why: [counted, ...reasons].join('; '),
  };
}

/** Where a source of constant rate has no frame, the one before is shown again. */
function missingFrames({ times, typicalFrameSeconds }: FrameTiming): number {
  let missing = 0;
  for (let index = 1; index < times.length; index++) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0);
    missing += Math.max(0, Math.round(gap / typicalFrameSeconds) - 1);
  }
  return missing;
}
