import type { EncodePlan, PlannedAudioTrack } from '../plan/encode-plan.ts';
import { type SoundWitness, witnessLogLevel } from '../verify/encode-witness.ts';
import { frameTimesFilter } from '../verify/frame-times.ts';
import { envelopeOutputOptions } from '../verify/sound-envelope.ts';
import type { FfmpegCommand } from './ffmpeg-command.ts';
import { languageCode } from './language-code.ts';
import { sourceInput } from './source-input.ts';

/**
 * One ffmpeg for all audio tracks, one fragmented MP4 stream each. Filters stand on the outputs: audio in
 * a filter graph shared with others is queued without bound where it has holes (ffmpeg 7). A witness is told what the
 * decoders gave and what the encoders were given, for the verification.
 * `sourcePath` is the source, or what `prepareAudioCommand` made of it where the plan asks for that.
 */
export function encodeAudioCommand(
  plan: EncodePlan,
  {
    sourcePath,
    targetFor,
    witness,
  }: { sourcePath: string; targetFor: (trackId: string) => string; witness?: SoundWitness },
): FfmpegCommand {
  const outputs = plan.audio.map((track) => encodedOutput(track, targetFor(track.id)));
  return {
    ...(witness && { logLevel: witnessLogLevel }),
    input: [plan.audioPreparation ? preparedInput(sourcePath) : sourceInput(plan, sourcePath)],
    outputs: witness ? [...outputs, ...plan.audio.map((track) => witnessOutput(track, witness))] : outputs,
  };
}

function encodedOutput(track: PlannedAudioTrack, target: string): FfmpegCommand['outputs'][number] {
  return {
    target,
    options: [
      ...['-map', `0:${track.streamIndex}`, '-af', track.filters.map(({ filter }) => filter).join(',')],
      ...['-c:a', 'aac', '-b:a', `${track.bitrateBitsPerSecond}`, '-ar', '48000', '-ac', '2'],
      ...['-map_metadata', '-1', '-map_chapters', '-1'],
      ...(track.language === null ? [] : ['-metadata:s:a:0', `language=${languageCode(track.language)}`]),
      // cmaf on audio: no edit list, decode times that start at 0.
      ...['-f', 'mp4', '-movflags', '+cmaf+skip_trailer', '-frag_duration', '1000000'],
    ],
  };
}

/** The same samples before the encoder; what it trims becomes its priming, so nothing is trimmed here. */
function witnessOutput(track: PlannedAudioTrack, witness: SoundWitness): FfmpegCommand['outputs'][number] {
  const filters = track.filters.map(({ filter }) => filter).filter((filter) => !filter.startsWith('atrim='));
  const timed = frameTimesFilter('audio', witness.frameTimesTarget(track.streamIndex));
  return {
    target: witness.referenceTarget(track.id),
    options: [
      '-map',
      `0:${track.streamIndex}`,
      '-af',
      [timed, ...filters].join(','),
      ...envelopeOutputOptions,
    ],
  };
}
