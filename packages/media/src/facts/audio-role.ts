import { z } from 'zod';

/** The purpose of an audio track; `main` is the normal one. */
export const audioRoleSchema = z.enum([
  'main',
  /** Audio description: a narrator describes the video. */
  'describes-video',
  /** For listeners with impaired hearing: speech is emphasised. */
  'enhances-speech',
  'commentary',
  /** Music and effects without speech. */
  'clean-effects',
  'karaoke',
]);
export type AudioRole = z.infer<typeof audioRoleSchema>;

/**
 * ffmpeg's dispositions, which its demuxers read from descriptors, flags and `kind` boxes; the more specific ones
 * first.
 */
const roleOfDisposition: readonly (readonly [disposition: string, AudioRole])[] = [
  ['visual_impaired', 'describes-video'],
  ['descriptions', 'describes-video'],
  ['hearing_impaired', 'enhances-speech'],
  ['comment', 'commentary'],
  ['clean_effects', 'clean-effects'],
  ['karaoke', 'karaoke'],
];

/** Many files have no flag, but a title with the role. */
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
