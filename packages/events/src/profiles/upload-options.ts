import { z } from 'zod';
import { prioritySchema } from '../scheduling/priority.ts';
import { trimSchema } from './trim.ts';

/** Text that is shown: one line. */
const line = (maxLength: number) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    .refine(
      (text) => text.isWellFormed() && !/\p{Cc}/u.test(text),
      'must be text without control characters',
    );

const audioTrackOptions = z.strictObject({
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag such as de or pt-BR')
    .refine(isLanguageTag, 'must be a language tag such as de or pt-BR')
    .optional()
    .describe('Language tag (BCP 47) such as `de` or `pt-BR`.'),
  name: line(100).optional().describe('Name in the menu of a player.'),
});

/** What one upload says about itself, whatever its profile. */
export const uploadOptionsSchema = z.strictObject({
  priority: prioritySchema
    .optional()
    .describe('In which order waiting jobs are launched; takes precedence over that of the profile.'),
  label: line(256).optional().describe('Any text of yours; it comes back in every event of the job.'),
  title: line(200).optional().describe('Title of the video, in HLS, DASH and MP4.'),
  posterSeconds: z
    .number()
    .min(0)
    .max(604_800)
    .optional()
    .describe(
      'The time of the frame that becomes the poster, in seconds from the beginning of the uploaded video.',
    ),
  trim: trimSchema
    .optional()
    .describe('The part of the video that is published, exact to the frame; the rest is left out.'),
  watermark: z
    .boolean()
    .optional()
    .describe(
      '`false` leaves out the watermark of the profile; `true` fails the job if the profile has none.',
    ),
  audio: z
    .array(audioTrackOptions)
    .min(1)
    .max(64)
    .optional()
    .describe(
      'Languages and names of the audio tracks, in the order of the source; `{}` leaves one as it is.',
    ),
});
export type UploadOptions = z.infer<typeof uploadOptionsSchema>;

/** @see https://www.rfc-editor.org/rfc/rfc5646 */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}
