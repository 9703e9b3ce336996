import { rationalValue } from '../cmaf/rational.ts';
import type { FrameTiming } from '../observe/frame-timing.ts';
import { countFrameSlots } from './frame-slots.ts';
import type { PlannedFrameRate } from './plan-frame-rate.ts';

/** Beyond, frames are so near to the boundary between two slots that inaccurate times decide. */
const safePhase = 0.45;
/** The length of the mean vector of all phases: below, frames have no common phase. */
const minConcentration = 0.8;

/**
 * The seconds by which the start has to be earlier, so that frames of a constant rate fall into a slot each. Milliseconds
 * of a container and repeated fields move frames by a part of a slot: near a boundary, rounding would drop some frames
 * and repeat others. 0 if their times are far enough from the boundaries.
 */
export function leadForFramePhase(
  timing: FrameTiming | null,
  { rate, change }: PlannedFrameRate,
  zeroSeconds: number,
): number {
  if (timing === null || timing.lacksTimes || change !== 'kept') return 0;
  const framesPerSecond = rationalValue(rate);
  let [east, north] = [0, 0];
  for (const time of timing.times) {
    const angle = 2 * Math.PI * (time - zeroSeconds) * framesPerSecond;
    east += Math.cos(angle);
    north += Math.sin(angle);
  }
  if (Math.hypot(east, north) < minConcentration * timing.times.length) return 0;
  const phase = Math.atan2(north, east) / (2 * Math.PI);
  const { droppedFrames } = countFrameSlots(timing.times, zeroSeconds, framesPerSecond);
  if (Math.abs(phase) < safePhase && droppedFrames === 0) return 0;
  // Earlier in both cases: a later start would cut off audio.
  return (phase > 0 ? 1 - phase : -phase) / framesPerSecond;
}
