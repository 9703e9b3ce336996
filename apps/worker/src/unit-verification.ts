import { checkSchema } from '@fyrestream/media';
import { z } from 'zod';

/** What was checked of the tracks of a unit; it is stored only if everything passed. */
export const unitVerificationSchema = z.strictObject({
  /** The claim that encoded them. */
  encodeToken: z.int().positive(),
  checks: z.array(checkSchema),
});
export type UnitVerification = z.infer<typeof unitVerificationSchema>;
