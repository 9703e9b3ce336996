import { z } from 'zod';
import type { Rational } from '../cmaf/rational.ts';
import { lenientNumber, lenientText } from '../facts/ffprobe-output.ts';
import { frameSizeLimit, inputOptions } from '../facts/input-options.ts';
import { parseRational } from '../facts/parse-rational.ts';
import { readDisplayMatrix } from '../facts/read-orientation.ts';
import type { FrameSize, Orientation, VideoStream } from '../facts/source-facts.ts';

/** Properties of a key frame, which apply to the frames up to the next one. */
export interface KeyFrame {
  /** On the source's clock; null if the frame has no time. */
  readonly seconds: number | null;
  readonly size: FrameSize;
  /** Null if unknown. */
  readonly pixelAspectRatio: Rational | null;
  /** Null if the frame has no display matrix. */
  readonly orientation: Pick<Orientation, 'rotationDegrees' | 'isMirrored'> | null;
  readonly isInterlaced: boolean;
  readonly isTopFieldFirst: boolean;
  readonly transfer: string | null;
  readonly primaries: string | null;
  readonly matrix: string | null;
}

/** A limit of decoded pixels, so that the probe does not take too long. */
const maxSurveyedPixels = 2e10;
/** The number of key frames that are sampled if there are too many to decode all. */
const sampledPlaces = 100;
/** If every frame is a key frame, the file comes from an editor or a camera and does not change. */
const intraShare = 0.5;
const intraPackets = 300;
/** So many frames of 4K; of larger ones, fewer are surveyed. */
const maxIntraPixels = intraPackets * 3840 * 2160;

export interface KeyFrameSurveyExtent {
  readonly streamIndex: number;
  readonly codedSize: FrameSize;
  readonly keyFrameCount: number;
  readonly packetCount: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * ffprobe's argv: decodes all key frames and skips other frames; of long files with many large ones, samples several
 * positions. Sizes, aspect ratios, orientations and colours change only at key frames.
 */
export function keyFramesArguments(
  sourcePath: string,
  demuxer: string,
  survey: KeyFrameSurveyExtent,
): string[] {
  const entries = [
    'frame=best_effort_timestamp_time,width,height,sample_aspect_ratio,interlaced_frame,top_field_first',
    'color_space,color_primaries,color_transfer:frame_side_data=side_data_type,displaymatrix',
  ].join(',');
  return [
    ...['-v', 'error', ...inputOptions(demuxer), '-threads', '0', '-skip_frame', 'nokey'],
    ...frameSizeLimit,
    ...['-select_streams', `${survey.streamIndex}`, ...extentOf(survey)],
    ...['-show_frames', '-show_entries', entries, '-of', 'json', sourcePath],
  ];
}

type Survey = { kind: 'whole' } | { kind: 'beginning'; packetCount: number } | { kind: 'places' };

/** What a survey decodes of a stream. */
export function surveyOf({ codedSize, keyFrameCount, packetCount }: KeyFrameSurveyExtent): Survey {
  const framePixels = Math.max(1, codedSize.width * codedSize.height);
  if (keyFrameCount > packetCount * intraShare) {
    const packets = Math.min(intraPackets, Math.ceil(maxIntraPixels / framePixels));
    return { kind: 'beginning', packetCount: packets };
  }
  return keyFrameCount * framePixels <= maxSurveyedPixels ? { kind: 'whole' } : { kind: 'places' };
}

function extentOf(extent: KeyFrameSurveyExtent): string[] {
  const { startSeconds, endSeconds } = extent;
  const survey = surveyOf(extent);
  if (survey.kind === 'whole') return [];
  if (survey.kind === 'beginning') return ['-read_intervals', `%+#${survey.packetCount}`];
  const step = (endSeconds - startSeconds) / sampledPlaces;
  const places = Array.from({ length: sampledPlaces }, (_, place) =>
    (startSeconds + place * step).toFixed(3),
  );
  return ['-read_intervals', places.map((seconds) => `${seconds}%+#2`).join(',')];
}

const frameSchema = z.object({
  best_effort_timestamp_time: lenientNumber,
  width: lenientNumber,
  height: lenientNumber,
  sample_aspect_ratio: lenientText,
  interlaced_frame: lenientNumber,
  top_field_first: lenientNumber,
  color_space: lenientText,
  color_primaries: lenientText,
  color_transfer: lenientText,
  side_data_list: z
    .array(z.looseObject({ side_data_type: z.string().catch(''), displaymatrix: lenientText }))
    .catch([])
    .prefault([]),
});
const outputSchema = z.object({ frames: z.array(frameSchema).catch([]).prefault([]) });

/** Parses the JSON of `keyFramesArguments`; the input is untrusted, so unknown fields are ignored. */
export function readKeyFrames(json: string): KeyFrame[] {
  const { frames } = outputSchema.parse(JSON.parse(json));
  return frames.flatMap((frame) => {
    if (!frame.width || !frame.height) return [];
    const matrix = frame.side_data_list.find(({ displaymatrix }) => displaymatrix !== undefined);
    return {
      seconds: frame.best_effort_timestamp_time ?? null,
      size: { width: frame.width, height: frame.height },
      pixelAspectRatio: parseRational(frame.sample_aspect_ratio),
      orientation: matrix?.displaymatrix === undefined ? null : readDisplayMatrix(matrix.displaymatrix),
      isInterlaced: frame.interlaced_frame === 1,
      isTopFieldFirst: frame.top_field_first === 1,
      transfer: known(frame.color_transfer),
      primaries: known(frame.color_primaries),
      matrix: known(frame.color_space),
    };
  });
}

function known(value: string | undefined): string | null {
  return value === undefined || ['unknown', 'unspecified', 'reserved'].includes(value) ? null : value;
}

/** HEVC has no interlaced frames, only fields that are separate frames; ffmpeg marks only these as interlaced. */
export function isFieldCoded({ codec }: VideoStream, keyFrames: readonly KeyFrame[]): boolean {
  return (
    codec === 'hevc' && keyFrames.filter(({ isInterlaced }) => isInterlaced).length * 2 > keyFrames.length
  );
}
