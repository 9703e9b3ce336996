import { z } from 'zod';
import { frameSlotsSchema } from '../plan/frame-slots.ts';
import { decoderWarningsSchema } from './decoder-warnings.ts';
import { frameSignatureSizeSchema } from './frame-signature.ts';
import { frameTimeStatisticsSchema } from './frame-times.ts';

/** Frames of a branch before the encoder; their frame signatures are concatenated in a file next to this one. */
export const videoReferenceSchema = z.strictObject({
  branchId: z.enum(['standard', 'high-dynamic-range']),
  size: frameSignatureSizeSchema,
  /** Number of frames that the encoders got. */
  frameCount: z.int().nonnegative(),
  /** Numbers of the frames whose signatures were kept. */
  frames: z.array(z.int().nonnegative()),
});
export type VideoReference = z.infer<typeof videoReferenceSchema>;

/** Samples of a track before the encoder; the envelope is in a file next to this one. */
const audioReferenceSchema = z.strictObject({
  trackId: z.string(),
  sampleCount: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
});

/**
 * What was measured while a unit was encoded: the decoded frames and the input of its encoders. Verification compares
 * the outputs with it.
 */
export const referenceCaptureSchema = z.strictObject({
  warnings: decoderWarningsSchema,
  /** By stream of the source. */
  decoded: z.array(
    z.strictObject({
      streamIndex: z.int().nonnegative(),
      times: frameTimeStatisticsSchema.nullable(),
      /** For video: the result of converting the frames to the planned rate. */
      slots: frameSlotsSchema.optional(),
    }),
  ),
  video: z.array(videoReferenceSchema),
  audio: z.array(audioReferenceSchema),
});
export type ReferenceCapture = z.infer<typeof referenceCaptureSchema>;
