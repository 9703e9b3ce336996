import { z } from 'zod';

/** A shorter output has no sound. */
const minTrimSeconds = 0.1;
const seconds = z.number().min(0).max(604_800);

/** The part of a video that is published. */
export const trimSchema = z
  .strictObject({
    from: seconds
      .optional()
      .describe('Where it begins, in seconds of the video. Left out: at the beginning.'),
    to: seconds.optional().describe('Where it ends: the first frame that is left out. Left out: at the end.'),
  })
  .refine(({ from, to }) => from !== undefined || to !== undefined, 'must have from, to, or both')
  .refine(({ from = 0, to = Number.POSITIVE_INFINITY }) => to - from >= minTrimSeconds, {
    path: ['to'],
    message: `must be at least ${minTrimSeconds} s later than from`,
  });
export type Trim = z.infer<typeof trimSchema>;
