import type { EncodePlan, PlannedAudioTrack } from '../plan/encode-plan.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { languageCode } from './language-code.ts';
import { sourceInput } from './source-input.ts';

/**
 * One ffmpeg process for all audio tracks, one fragmented MP4 stream each. Each output has its own filters: in a shared
 * filter graph, ffmpeg 7 queues audio without limit where a stream has gaps. `sourcePath` is the source, or the output
 * of `prepareAudioCommand` if the plan has `audioPreparation`.
 */
export function encodeAudioCommand(
  plan: EncodePlan,
  { sourcePath, targetFor }: { sourcePath: string; targetFor: (trackId: string) => string },
): FfmpegCommand {
  return {
    ...audioInput(plan, plan.audio, sourcePath),
    outputs: plan.audio.map((track) => ({
      target: targetFor(track.id),
      options: [
        ...['-map', audioStreamSpecifier(plan, track)],
        ...['-af', track.filters.map(({ filter }) => filter).join(',')],
        ...[
          '-c:a',
          'aac',
          '-b:a',
          `${track.bitrateBitsPerSecond}`,
          '-ar',
          '48000',
          '-ac',
          `${track.channels}`,
        ],
        ...['-map_metadata', '-1', '-map_chapters', '-1'],
        ...(track.language === null ? [] : ['-metadata:s:a:0', `language=${languageCode(track.language)}`]),
        // cmaf on audio: no edit list, decode times start at 0.
        ...['-f', 'mp4', '-movflags', '+cmaf+skip_trailer', '-frag_duration', '1000000'],
      ],
    })),
  };
}

/** The input of a command that reads these tracks. `sourcePath` is that of `encodeAudioCommand`. */
export function audioInput(
  plan: EncodePlan,
  tracks: readonly PlannedAudioTrack[],
  sourcePath: string,
): Pick<FfmpegCommand, 'input' | 'alsoReadStreamIndex'> {
  if (plan.audioPreparation !== null) return { input: [preparedInput(sourcePath)] };
  return sourceInput(
    plan,
    sourcePath,
    tracks.map(({ streamIndex }) => streamIndex),
  );
}

/** Where the track is in the input of `encodeAudioCommand`: prepared audio holds the tracks in the plan's order. */
export function audioStreamSpecifier(plan: EncodePlan, track: PlannedAudioTrack): string {
  return `0:${plan.audioPreparation === null ? track.streamIndex : plan.audio.findIndex(({ id }) => id === track.id)}`;
}

/**
 * The output of `prepareAudioCommand` has the times of the plan: -copyts keeps ffmpeg from moving the first sample to
 * 0.
 */
function preparedInput(path: string): FfmpegCommand['input'][number] {
  return { path, options: ['-protocol_whitelist', 'file', '-f', 'nut', '-copyts'] };
}
