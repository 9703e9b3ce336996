import type { EncodePlan } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { readSource } from './read-source.ts';

/**
 * Every text subtitle of the plan as WebVTT, in one run; ffmpeg shifts the file's start to 0 for these
 * cues exactly as it does for picture and sound.
 */
export function extractSubtitleCommand(
  plan: EncodePlan,
  { sourcePath, targetFor }: { sourcePath: string; targetFor: (trackId: string) => string },
): FfmpegCommand {
  return {
    ...readSource(
      plan,
      sourcePath,
      plan.subtitles.map(({ streamIndex }) => streamIndex),
    ),
    outputs: plan.subtitles.map((track) => ({
      target: targetFor(track.id),
      options: ['-map', `0:${track.streamIndex}`, '-map_metadata', '-1', '-c:s', 'webvtt', '-f', 'webvtt'],
    })),
  };
}
