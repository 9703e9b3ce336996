import type { EncodePlan } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { languageCode } from './language-code.ts';
import { sourceInput } from './source-input.ts';

/**
 * One ffmpeg for all audio tracks, one fragmented MP4 stream each. Filters stand on the outputs: audio in
 * a filter graph shared with others is queued without bound where it has holes (ffmpeg 7).
 */
export function encodeAudioCommand(
  plan: EncodePlan,
  { sourcePath, targetFor }: { sourcePath: string; targetFor: (trackId: string) => string },
): FfmpegCommand {
  return {
    input: [sourceInput(plan, sourcePath)],
    outputs: plan.audio.map((track) => ({
      target: targetFor(track.id),
      options: [
        ...['-map', `0:${track.streamIndex}`, '-af', track.filters.map(({ filter }) => filter).join(',')],
        ...['-c:a', 'aac', '-b:a', `${track.bitrateBitsPerSecond}`, '-ar', '48000', '-ac', '2'],
        ...['-map_metadata', '-1', '-map_chapters', '-1'],
        ...(track.language === null ? [] : ['-metadata:s:a:0', `language=${languageCode(track.language)}`]),
        // cmaf on audio: no edit list, decode times that start at 0.
        ...['-f', 'mp4', '-movflags', '+cmaf+skip_trailer', '-frag_duration', '1000000'],
      ],
    })),
  };
}
