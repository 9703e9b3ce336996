import type { EncodePlan } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { readSource } from './read-source.ts';

/**
 * All audio tracks, in the plan's order, as 16-bit stereo at 48 kHz in one NUT file (some 700 MB per hour
 * and track): to be run before, and given to, `encodeAudioCommand` where the plan holds `audioPreparation`.
 */
export function prepareAudioCommand(
  plan: EncodePlan,
  { sourcePath, target }: { sourcePath: string; target: string },
): FfmpegCommand {
  // Only filters that may be set up again in the middle: none that counts from the beginning.
  const filter = 'aresample=48000,aformat=channel_layouts=stereo,atrim=start=0';
  return {
    ...readSource(
      plan,
      sourcePath,
      plan.audio.map(({ streamIndex }) => streamIndex),
    ),
    outputs: [
      {
        target,
        options: [
          ...plan.audio.flatMap(({ streamIndex }) => ['-map', `0:${streamIndex}`]),
          ...['-af', filter, '-c:a', 'pcm_s16le', '-map_metadata', '-1', '-map_chapters', '-1', '-f', 'nut'],
        ],
      },
    ],
  };
}
