import { audioStreamSpecifier } from '../command/encode-audio-command.ts';
import type { FfmpegCommand } from '../command/ffmpeg-command.ts';
import type { EncodePlan, PlannedAudioTrack } from '../plan/encode-plan.ts';
import { primingTrim } from '../plan/plan-audio.ts';
import { captureLogLevel } from './add-video-reference-capture.ts';
import { envelopeOutputOptions } from './audio-envelope.ts';
import { frameTimesFilter } from './frame-times.ts';

/** Where the encode of audio writes the reference capture: each a socket or a file. */
export interface AudioReferenceTargets {
  /** Gets the time of every frame that the track's decoder gives, as text for `createFrameTimesReader`. */
  frameTimesTarget(trackId: string): string;
  /** Gets the track's own samples, before the encoder, for `createEnvelopeReader`. */
  referenceTarget(trackId: string): string;
}

/**
 * The command of `encodeAudioCommand` with the reference capture: for each track one more output, with the times of the
 * decoder's frames and the samples that the encoder gets.
 */
export function addAudioReferenceCapture(
  command: FfmpegCommand,
  plan: EncodePlan,
  targets: AudioReferenceTargets,
): FfmpegCommand {
  const references = plan.audio.map((track) => {
    const frameTimes = frameTimesFilter('audio', targets.frameTimesTarget(track.id));
    const filters = untrimmedFilters(track);
    // The frames of a trimmed source are those that its first filter lets through.
    const own = plan.trim === null ? 0 : 1;
    return {
      target: targets.referenceTarget(track.id),
      options: [
        ...['-map', audioStreamSpecifier(plan, track)],
        ...['-af', [...filters.slice(0, own), frameTimes, ...filters.slice(own)].join(',')],
        ...envelopeOutputOptions,
      ],
    };
  });
  return { ...command, logLevel: captureLogLevel, outputs: [...command.outputs, ...references] };
}

/** The trimmed samples become the encoder's priming: decoded output still starts with them. */
export function untrimmedFilters({ filters }: PlannedAudioTrack): string[] {
  return filters.map(({ filter }) => filter).filter((filter) => filter !== primingTrim);
}
