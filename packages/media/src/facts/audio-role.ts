import { z } from 'zod';

/** What an audio track is for. Only `main` is what everybody hears. */
export const audioRoleSchema = z.enum([
  'main',
  /** Audio description: a narrator says what the video shows. */
  'describes-video',
  /** Prepared for people who hear badly: speech in front. */
  'enhances-speech',
  'commentary',
  /** Music and effects without speech. */
  'clean-effects',
  'karaoke',
]);
export type AudioRole = z.infer<typeof audioRoleSchema>;

/** ffmpeg's dispositions, which its demuxers read from descriptors, flags and `kind` boxes; the more specific first. */
const roleOfDisposition: readonly (readonly [disposition: string, AudioRole])[] = [
  ['visual_impaired', 'describes-video'],
  ['descriptions', 'describes-video'],
  ['hearing_impaired', 'enhances-speech'],
  ['comment', 'commentary'],
  ['clean_effects', 'clean-effects'],
  ['karaoke', 'karaoke'],
];

/** Many files have no flag but a title that says it. */
const roleOfTitle: readonly (readonly [title: RegExp, AudioRole])[] = [
  [/\baudio[ -]?descri|\bdescriptive\b|\bdescribed video\b|\bvisually impaired\b/i, 'describes-video'],
  [/\bhearing impaired\b|\bhard of hearing\b/i, 'enhances-speech'],
  [/\bcommentary\b/i, 'commentary'],
  [/\bmusic (and|&) effects\b|\bM ?& ?E\b/i, 'clean-effects'],
  [/\bkaraoke\b/i, 'karaoke'],
];

/** @param disposition ffprobe's `disposition` of an audio stream */
export function readAudioRole(
  disposition: Readonly<Record<string, number>>,
  title: string | null,
): AudioRole {
  const byFlag = roleOfDisposition.find(([name]) => disposition[name] === 1);
  if (byFlag) return byFlag[1];
  return roleOfTitle.find(([pattern]) => pattern.test(title ?? ''))?.[1] ?? 'main';
}
