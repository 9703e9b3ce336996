import type { FrameRange } from './encode-plan.ts';

/** What is compared of the frames of a part: by the plan from packets, by a unit from decoded frames. @param times sorted */
export function sourceFramesOf(times: readonly number[]): FrameRange['sourceFrames'] {
  return {
    count: times.length,
    firstSeconds: times[0] ?? 0,
    lastSeconds: times.at(-1) ?? 0,
    meanSeconds: times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length),
  };
}
