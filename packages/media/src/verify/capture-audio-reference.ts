import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import type { PlannedAudioTrack } from '../plan/encode-plan.ts';
import { envelopeOutputOptions } from './audio-envelope.ts';
import { captureLogLevel } from './capture-video-reference.ts';
import { frameTimesFilter } from './frame-times.ts';

/** Where the encode of sound tells what it saw: each a socket or a file. */
export interface AudioReferenceTargets {
  /** Gets the time of every frame that the track's decoder gives, as text for `createFrameTimesReader`. */
  frameTimesTarget(trackId: string): string;
  /** Gets the track's own samples, before the encoder, for `createEnvelopeReader`. */
  referenceTarget(trackId: string): string;
}

/** The command of `encodeAudioCommand` with a witness beside it: the decoders' frames are timed, the samples heard. */
export function captureAudioReference(
  command: FfmpegCommand,
  tracks: readonly PlannedAudioTrack[],
  targets: AudioReferenceTargets,
): FfmpegCommand {
  const references = command.outputs.map(({ options }, position) => {
    const id = tracks[position]?.id ?? '';
    const timed = frameTimesFilter('audio', targets.frameTimesTarget(id));
    const filters = untrimmed(argumentOf(options, '-af'));
    return {
      target: targets.referenceTarget(id),
      options: [
        ...['-map', argumentOf(options, '-map'), '-af', [timed, ...filters].join(',')],
        ...envelopeOutputOptions,
      ],
    };
  });
  return { ...command, logLevel: captureLogLevel, outputs: [...command.outputs, ...references] };
}

/** What is trimmed before the encoder becomes its priming: the sound itself keeps its place. */
function untrimmed(filters: string): string[] {
  return filters.split(',').filter((filter) => !filter.startsWith('atrim='));
}

function argumentOf(options: readonly string[], name: string): string {
  return options[options.indexOf(name) + 1] ?? '';
}
