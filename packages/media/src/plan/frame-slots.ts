import { z } from 'zod';

/** What a constant frame rate makes of frames that come at times of their own. */
export const frameSlotsSchema = z.strictObject({
  /** Frames before the beginning, or in a slot that another frame takes. */
  droppedFrames: z.int().nonnegative(),
  /** Slots up to the last frame in which an earlier frame is shown again. */
  repeatedFrames: z.int().nonnegative(),
  /** The slot behind the last frame's: how many frames there are if the last one is shown once. */
  endSlot: z.int().nonnegative(),
});
export type FrameSlots = z.infer<typeof frameSlotsSchema>;

/**
 * Counts as ffmpeg's `fps` filter does, which shows each frame in the slot nearest to its time.
 * @param times in seconds, sorted
 * @param zeroSeconds the time of slot 0
 */
export function countFrameSlots(
  times: Iterable<number>,
  zeroSeconds: number,
  framesPerSecond: number,
): FrameSlots {
  let frameCount = 0;
  let taken = 0;
  let last = -1;
  for (const time of times) {
    frameCount += 1;
    const slot = Math.round((time - zeroSeconds) * framesPerSecond);
    if (slot < 0 || slot <= last) continue;
    taken += 1;
    last = slot;
  }
  return { droppedFrames: frameCount - taken, repeatedFrames: last + 1 - taken, endSlot: last + 1 };
}
