import { z } from 'zod';

/** One track, measured by EBU R128. */
export const measuredLoudnessSchema = z.strictObject({
  /** Of the audio that was measured, in steps of 0.1. */
  seconds: z.number().nonnegative(),
  /** Null for silence, and for audio that is shorter than a block of 0.4 s. */
  integratedLufs: z.number().nullable(),
  /** Null where the loudness is. */
  rangeLu: z.number().nonnegative().nullable(),
  /** Null for digital silence. */
  truePeakDbtp: z.number().nullable(),
});
export type MeasuredLoudness = z.infer<typeof measuredLoudnessSchema>;
