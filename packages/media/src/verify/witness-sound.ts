import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import type { PlannedAudioTrack } from '../plan/encode-plan.ts';
import { frameTimesFilter } from './frame-times.ts';
import { envelopeOutputOptions } from './sound-envelope.ts';
import { witnessLogLevel } from './witness-picture.ts';

/** Where the encode of sound tells what it saw: each a socket or a file. */
export interface SoundWitness {
  /** Gets the time of every frame that the track's decoder gives, as text for `createFrameTimesReader`. */
  frameTimesTarget(trackId: string): string;
  /** Gets the track's own samples, before the encoder, for `createEnvelopeReader`. */
  referenceTarget(trackId: string): string;
}

/** The command of `encodeAudioCommand` with a witness beside it: the decoders' frames are timed, the samples heard. */
export function witnessSound(
  command: FfmpegCommand,
  tracks: readonly PlannedAudioTrack[],
  witness: SoundWitness,
): FfmpegCommand {
  const references = command.outputs.map(({ options }, position) => {
    const id = tracks[position]?.id ?? '';
    const timed = frameTimesFilter('audio', witness.frameTimesTarget(id));
    const filters = untrimmed(argumentOf(options, '-af'));
    return {
      target: witness.referenceTarget(id),
      options: [
        ...['-map', argumentOf(options, '-map'), '-af', [timed, ...filters].join(',')],
        ...envelopeOutputOptions,
      ],
    };
  });
  return { ...command, logLevel: witnessLogLevel, outputs: [...command.outputs, ...references] };
}

/** What is trimmed before the encoder becomes its priming: the sound itself keeps its place. */
function untrimmed(filters: string): string[] {
  return filters.split(',').filter((filter) => !filter.startsWith('atrim='));
}

function argumentOf(options: readonly string[], name: string): string {
  return options[options.indexOf(name) + 1] ?? '';
}
