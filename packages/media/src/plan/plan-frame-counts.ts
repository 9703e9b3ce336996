import { rationalValue } from '../cmaf/rational.ts';
import type { VideoStream } from '../facts/source-facts.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import type { EncodePlan, PlannedVideo } from './encode-plan.ts';
import { countFrameSlots } from './frame-slots.ts';
import type { PlannedFrameRate } from './plan-frame-rate.ts';

/**
 * How many frames the source has, and how many are dropped or repeated for a known reason. Verification compares the
 * decoded and published frames with it: any other difference means a wrong frame rate.
 */
export function planFrameCounts(
  stream: VideoStream,
  timing: FrameTiming | null,
  { rate, change }: PlannedFrameRate,
  { zeroSeconds }: EncodePlan['timeline'],
  fieldsPerFrame: number,
  endFrame: number | null = null,
): PlannedVideo['frameCounts'] {
  const first = timing?.times[0];
  if (timing === null || first === undefined) return null;
  const framesPerSecond = rationalValue(rate);
  // Decode times start earlier than presentation times.
  const zero = zeroSeconds + (timing.lacksTimes ? first - (stream.startSeconds ?? first) : 0);
  const slots = countFrameSlots(timing.times, zero, framesPerSecond);
  const early = timing.times.filter((time) => Math.round((time - zero) * framesPerSecond) < 0).length;
  const leadIn = Math.max(0, Math.round((first - zero) * framesPerSecond));
  const dropped = change === 'divided' ? slots.droppedFrames : early + timing.overlapCount;
  // To its end a trimmed video shows its last frame.
  const tail = endFrame === null ? 0 : Math.max(0, endFrame - slots.endSlot);
  const repeated = tail + (change === 'kept' ? leadIn + missingFrames(timing) : slots.repeatedFrames);
  const reasons = [
    ...(change === 'divided' ? [`${dropped} dropped, above 60 per second`] : []),
    ...(change !== 'divided' && early > 0 ? [`${early} dropped before the start`] : []),
    ...(timing.overlapCount > 0 ? [`${timing.overlapCount} dropped where the clock goes back`] : []),
    ...(repeated > 0 ? [`${repeated} repeated where the source has no frame`] : []),
  ];
  const counted = `${timing.times.length} frames in the packets of the source`;
  return {
    source: timing.times.length,
    dropped,
    repeated,
    fieldsPerFrame,
    why: [counted, ...reasons].join('; '),
  };
}

/** Counts the gaps of a source with a constant rate, which repeat the frame before. */
function missingFrames({ times, typicalFrameSeconds }: FrameTiming): number {
  let missing = 0;
  for (let index = 1; index < times.length; index++) {
    const gap = (times[index] ?? 0) - (times[index - 1] ?? 0);
    missing += Math.max(0, Math.round(gap / typicalFrameSeconds) - 1);
  }
  return missing;
}
