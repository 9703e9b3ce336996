import { audioInput, audioStreamSpecifier } from '../command/encode-audio-command.ts';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import { ownMp4Options } from '../command/own-mp4-options.ts';
import type { EncodePlan, PlannedAudioTrack } from '../plan/encode-plan.ts';
import { untrimmedFilters } from '../verify/add-audio-reference-capture.ts';
import { loudnessFilter } from './loudness-filter.ts';

/** Measures tracks of a plan as their encoders get them. `sourcePath` is that of `encodeAudioCommand`. */
export function measureTracksCommand(
  plan: EncodePlan,
  tracks: readonly PlannedAudioTrack[],
  { sourcePath, targetFor }: { sourcePath: string; targetFor: (trackId: string) => string },
): FfmpegCommand {
  return {
    ...audioInput(plan, tracks, sourcePath),
    outputs: tracks.map((track) => ({
      target: '-',
      options: [
        ...['-map', audioStreamSpecifier(plan, track)],
        ...['-af', [...untrimmedFilters(track), loudnessFilter(targetFor(track.id))].join(',')],
        ...['-f', 'null'],
      ],
    })),
  };
}

/** Measures the audio of a finished file. */
export function measureFileCommand(path: string, target: string): FfmpegCommand {
  return {
    input: [{ path, options: [...ownMp4Options] }],
    outputs: [{ target: '-', options: ['-map', '0:a:0', '-af', loudnessFilter(target), '-f', 'null'] }],
  };
}
