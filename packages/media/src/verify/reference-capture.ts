import { z } from 'zod';
import { frameSlotsSchema } from '../plan/frame-slots.ts';
import { decoderWarningsSchema } from './decoder-warnings.ts';
import { frameSignatureSizeSchema } from './frame-signature.ts';
import { frameTimesSchema } from './frame-times.ts';

/** A branch's own frames before any encoder; the stamps lie in a file beside this, one behind the other. */
export const videoReferenceSchema = z.strictObject({
  branchId: z.enum(['standard', 'high-dynamic-range']),
  size: frameSignatureSizeSchema,
  /** How many frames the encoders were given. */
  frameCount: z.int().nonnegative(),
  /** The numbers of the frames that stamps were kept of. */
  frames: z.array(z.int().nonnegative()),
});
export type VideoReference = z.infer<typeof videoReferenceSchema>;

/** A track's own samples before the encoder; the envelope lies in a file beside this. */
const audioReferenceSchema = z.strictObject({
  trackId: z.string(),
  sampleCount: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
});

/** What the encode of a unit saw of the source and gave to its encoders: what its results are held against. */
export const referenceCaptureSchema = z.strictObject({
  warnings: decoderWarningsSchema,
  /** By stream of the source. */
  decoded: z.array(
    z.strictObject({
      streamIndex: z.int().nonnegative(),
      times: frameTimesSchema.nullable(),
      /** Of video: what its planned rate makes of the frames. */
      slots: frameSlotsSchema.optional(),
    }),
  ),
  video: z.array(videoReferenceSchema),
  audio: z.array(audioReferenceSchema),
});
export type ReferenceCapture = z.infer<typeof referenceCaptureSchema>;
