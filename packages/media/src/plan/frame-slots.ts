import { z } from 'zod';

/** The result of converting frames with arbitrary times to a constant frame rate. */
export const frameSlotsSchema = z.strictObject({
  /** Frames before the start, or in a slot that another frame takes. */
  droppedFrames: z.int().nonnegative(),
  /** Slots up to the last frame that repeat an earlier frame. */
  repeatedFrames: z.int().nonnegative(),
  /** The slot after that of the last frame: the number of frames if the last one is shown once. */
  endSlot: z.int().nonnegative(),
});
export type FrameSlots = z.infer<typeof frameSlotsSchema>;

/** As ffmpeg's `fps` filter does, which puts each frame into the slot nearest to its time. */
export function frameSlotOf(time: number, zeroSeconds: number, framesPerSecond: number): number {
  return Math.round((time - zeroSeconds) * framesPerSecond);
}

/**
 * @param times in seconds, sorted
 * @param zeroSeconds the time of slot 0
 * @param range the slots that are counted; all by default
 */
export function countFrameSlots(
  times: Iterable<number>,
  zeroSeconds: number,
  framesPerSecond: number,
  { firstSlot = 0, endSlot = null }: { firstSlot?: number; endSlot?: number | null } = {},
): FrameSlots {
  let frameCount = 0;
  let taken = 0;
  let last = firstSlot - 1;
  for (const time of times) {
    frameCount += 1;
    const slot = frameSlotOf(time, zeroSeconds, framesPerSecond);
    if (slot <= last) continue;
    taken += 1;
    last = slot;
  }
  const end = endSlot ?? last + 1;
  return { droppedFrames: frameCount - taken, repeatedFrames: end - firstSlot - taken, endSlot: end };
}
