import { FyrestreamError } from '@fyrestream/events';
import {
  type EncodePlan,
  type PlannedRendition,
  type PlannedVideo,
  plannedRenditions,
  videoEncoderOptions,
} from '@fyrestream/media';

/** Commands that a person would write for the renditions of a plan: the same sizes and encoder settings, nothing else of the pipeline. */

/** One ffmpeg for everything: decodes once, scales each rendition from the source, encodes the audio too. */
export function plainCommand(plan: EncodePlan, source: string, directory: string): string[] {
  const video = videoOf(plan);
  const renditions = plannedRenditions(plan);
  return [
    ...['-i', source, '-filter_complex', splitGraph(video, renditions)],
    ...renditions.flatMap((rendition) => [
      ...['-map', `[${rendition.id}]`, ...encoderOptions(video, rendition)],
      `${directory}/plain-${rendition.id}.mp4`,
    ]),
    ...audioOutputs(plan, `${directory}/plain`),
  ];
}

/** What most pipelines do: one ffmpeg for each rendition, and one for the audio. */
export function loopCommands(plan: EncodePlan, source: string, directory: string): string[][] {
  const video = videoOf(plan);
  const audio = audioOutputs(plan, `${directory}/loop`);
  return [
    ...plannedRenditions(plan).map((rendition) => [
      ...['-i', source, '-map', `0:${video.streamIndex}`, '-vf', scale(rendition)],
      ...[...encoderOptions(video, rendition), `${directory}/loop-${rendition.id}.mp4`],
    ]),
    ...(audio.length > 0 ? [['-i', source, ...audio]] : []),
  ];
}

/** Decodes a source to raw frames, which `encodeOnlyCommand` reads from the same pipe. */
export function decodeCommand(plan: EncodePlan, source: string, pipe: string): string[] {
  return [
    '-i',
    source,
    '-map',
    `0:${videoOf(plan).streamIndex}`,
    '-pix_fmt',
    'yuv420p',
    '-f',
    'rawvideo',
    pipe,
  ];
}

/** Scales and encodes raw frames, without audio. */
export function encodeOnlyCommand(plan: EncodePlan, pipe: string, directory: string): string[] {
  const video = videoOf(plan);
  const { width, height } = video.displaySize;
  const { numerator, denominator } = video.frameRate;
  const renditions = plannedRenditions(plan);
  return [
    ...[
      '-f',
      'rawvideo',
      '-pix_fmt',
      'yuv420p',
      '-s',
      `${width}x${height}`,
      '-r',
      `${numerator}/${denominator}`,
    ],
    ...['-i', pipe, '-filter_complex', splitGraph({ ...video, streamIndex: 0 }, renditions)],
    ...renditions.flatMap((rendition) => [
      ...['-map', `[${rendition.id}]`, ...encoderOptions(video, rendition)],
      `${directory}/encode-only-${rendition.id}.mp4`,
    ]),
  ];
}

function videoOf({ video }: EncodePlan): PlannedVideo {
  if (video !== null) return video;
  throw new FyrestreamError({
    code: 'no-video',
    message: 'The plan of the material has no video.',
    retryable: false,
  });
}

function splitGraph({ streamIndex }: PlannedVideo, renditions: readonly PlannedRendition[]): string {
  const labels = renditions.map(({ id }) => `[in-${id}]`).join('');
  const scales = renditions.map((rendition) => `[in-${rendition.id}]${scale(rendition)}[${rendition.id}]`);
  return [`[0:${streamIndex}]split=${renditions.length}${labels}`, ...scales].join(';');
}

function scale({ width, height }: PlannedRendition): string {
  return `scale=${width}:${height}:flags=bicubic`;
}

function encoderOptions(video: PlannedVideo, rendition: PlannedRendition): string[] {
  const { maximumBitrateBitsPerSecond: ceiling } = rendition;
  const interval = `${video.keyFrameIntervalFrames}`;
  return [
    ...videoEncoderOptions(rendition, video),
    ...['-maxrate', `${ceiling}`, '-bufsize', `${2 * ceiling}`, '-g', interval, '-keyint_min', interval],
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof'],
  ];
}

function audioOutputs({ audio }: EncodePlan, targetPrefix: string): string[] {
  return audio.flatMap(({ id, streamIndex, bitrateBitsPerSecond }) => [
    ...[
      '-map',
      `0:${streamIndex}`,
      '-c:a',
      'aac',
      '-b:a',
      `${bitrateBitsPerSecond}`,
      '-ar',
      '48000',
      '-ac',
      '2',
    ],
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+delay_moov+default_base_moof', '-frag_duration', '1000000'],
    `${targetPrefix}-${id}.mp4`,
  ]);
}
