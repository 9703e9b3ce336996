import { z } from 'zod';
import { type LadderConfig, ladderConfigSchema } from '../ladder-config.ts';
import { type Priority, prioritySchema } from '../scheduling/priority.ts';
import { optionalFields } from './optional-fields.ts';

const { version: _version, audio, ...media } = ladderConfigSchema.shape;

/** How uploads are made. A field that is left out is that of the profile `default`. */
export const profileSchema = z.strictObject({
  ...optionalFields(media),
  audio: z.strictObject(optionalFields(audio.shape)).optional().describe('Of every audio track.'),
  priority: prioritySchema
    .optional()
    .describe(
      'In which order waiting jobs are launched: `urgent`, `normal`, `bulk`. Left out here and in `default`: `fyrestream:priorities` decides.',
    ),
});
export type Profile = z.infer<typeof profileSchema>;

/** A profile with all its fields. */
export interface ResolvedProfile {
  readonly ladder: LadderConfig;
  /** Null if the prefixes of the stack decide. */
  readonly priority: Priority | null;
}
