import { z } from 'zod';
import { prioritySchema } from '../scheduling/priority.ts';
import { profileNameSchema } from './profile-name.ts';
import { uploadOptionsSchema } from './upload-options.ts';

/** How an upload is made, as it was chosen when it was inspected. */
export const makingSchema = z.strictObject({
  profile: profileNameSchema,
  options: uploadOptionsSchema,
  /** What named the profile. */
  from: z.enum(['metadata', 'sidecar', 'rule', 'default', 'remake']),
  /** Of the options, else of the profile. Absent where neither has one: the prefixes of the stack decide. */
  priority: prioritySchema.optional(),
});
export type Making = z.infer<typeof makingSchema>;
