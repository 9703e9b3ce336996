import { z } from 'zod';
import type { Rational } from '../cmaf/rational.ts';
import { looseNumber, looseText } from '../facts/ffprobe-output.ts';
import { parseRational } from '../facts/parse-rational.ts';
import { inputOptions } from '../facts/probe-arguments.ts';
import { readDisplayMatrix } from '../facts/read-orientation.ts';
import type { FrameSize, Orientation, VideoStream } from '../facts/source-facts.ts';

/** What a key frame says of the frames up to the next one. */
export interface KeyFrame {
  /** On the source's clock; null where the frame has no time. */
  readonly seconds: number | null;
  readonly size: FrameSize;
  /** Null where nothing is said. */
  readonly pixelAspectRatio: Rational | null;
  /** Null where the frame has no display matrix. */
  readonly orientation: Pick<Orientation, 'rotationDegrees' | 'isMirrored'> | null;
  readonly isInterlaced: boolean;
  readonly isTopFieldFirst: boolean;
  readonly transfer: string | null;
  readonly primaries: string | null;
  readonly matrix: string | null;
}

/** Decoding more pixels than this takes longer than the knowledge is worth. */
const maxSurveyedPixels = 2e10;
/** So many key frames tell of the rest, where there are too many for all. */
const sampledPlaces = 100;
/** Where every frame is a key frame it is an editor's or a camera's file: it does not change. */
const intraShare = 0.5;
const intraPackets = 300;

export interface KeyFrameSurvey {
  readonly streamIndex: number;
  readonly codedSize: FrameSize;
  readonly keyFrameCount: number;
  readonly packetCount: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * ffprobe's argv: all key frames are decoded, everything else is skipped; of long files with many large ones some here and
 * there. Sizes, aspects, orientations and colours change at key frames only.
 */
export function keyFramesArguments(sourcePath: string, demuxer: string, survey: KeyFrameSurvey): string[] {
  const entries = [
    'frame=best_effort_timestamp_time,width,height,sample_aspect_ratio,interlaced_frame,top_field_first',
    'color_space,color_primaries,color_transfer:frame_side_data=side_data_type,displaymatrix',
  ].join(',');
  return [
    ...['-v', 'error', ...inputOptions(demuxer), '-threads', '0', '-skip_frame', 'nokey'],
    ...['-select_streams', `${survey.streamIndex}`, ...extentOf(survey)],
    ...['-show_frames', '-show_entries', entries, '-of', 'json', sourcePath],
  ];
}

function extentOf({
  codedSize,
  keyFrameCount,
  packetCount,
  startSeconds,
  endSeconds,
}: KeyFrameSurvey): string[] {
  if (keyFrameCount > packetCount * intraShare) return ['-read_intervals', `%+#${intraPackets}`];
  if (keyFrameCount * codedSize.width * codedSize.height <= maxSurveyedPixels) return [];
  const step = (endSeconds - startSeconds) / sampledPlaces;
  const places = Array.from({ length: sampledPlaces }, (_, place) =>
    (startSeconds + place * step).toFixed(3),
  );
  return ['-read_intervals', places.map((seconds) => `${seconds}%+#2`).join(',')];
}

const frameSchema = z.object({
  best_effort_timestamp_time: looseNumber,
  width: looseNumber,
  height: looseNumber,
  sample_aspect_ratio: looseText,
  interlaced_frame: looseNumber,
  top_field_first: looseNumber,
  color_space: looseText,
  color_primaries: looseText,
  color_transfer: looseText,
  side_data_list: z
    .array(z.looseObject({ side_data_type: z.string().catch(''), displaymatrix: looseText }))
    .catch([])
    .prefault([]),
});
const outputSchema = z.object({ frames: z.array(frameSchema).catch([]).prefault([]) });

/** Reads the JSON of `keyFramesArguments`, leniently: it comes from whatever somebody uploaded. */
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

/** HEVC has no interlaced frames, only fields that are frames of their own; ffmpeg marks these alone as interlaced. */
export function isFieldCoded({ codec }: VideoStream, keyFrames: readonly KeyFrame[]): boolean {
  return (
    codec === 'hevc' && keyFrames.filter(({ isInterlaced }) => isInterlaced).length * 2 > keyFrames.length
  );
}
