import { z } from 'zod';
import { complaintsSchema } from './decoder-complaints.ts';
import { frameTimesSchema } from './frame-times.ts';
import { stampSizeSchema } from './reference-picture.ts';

/** A branch's own frames before any encoder; the stamps lie in a file beside this, one behind the other. */
export const pictureReferenceSchema = z.strictObject({
  branchId: z.enum(['standard', 'high-dynamic-range']),
  size: stampSizeSchema,
  /** How many frames the encoders were given. */
  frameCount: z.int().nonnegative(),
  /** The numbers of the frames that stamps were kept of. */
  frames: z.array(z.int().nonnegative()),
});
export type PictureReference = z.infer<typeof pictureReferenceSchema>;

/** A track's own samples before the encoder; the envelope lies in a file beside this. */
const soundReferenceSchema = z.strictObject({
  trackId: z.string(),
  sampleCount: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
});

/** What the encode of a unit saw of the source and gave to its encoders: what its results are held against. */
export const encodeEvidenceSchema = z.strictObject({
  complaints: complaintsSchema,
  /** By stream of the source. */
  decoded: z.array(
    z.strictObject({ streamIndex: z.int().nonnegative(), times: frameTimesSchema.nullable() }),
  ),
  pictures: z.array(pictureReferenceSchema),
  sounds: z.array(soundReferenceSchema),
});
export type EncodeEvidence = z.infer<typeof encodeEvidenceSchema>;
