import { type PlannedRendition, type PlannedVideo, videoEncoderOptions } from '@fyrestream/media';

/** How the encoder spends bits: as the plan says, or the same number in each second. */
export type RateControl = 'planned' | { readonly bitrateBitsPerSecond: number };

/** Encodes one rendition of a source, without audio. */
export function encodeCommand(
  video: PlannedVideo,
  rendition: PlannedRendition,
  control: RateControl,
  { source, target }: { source: string; target: string },
): string[] {
  const { width, height } = rendition;
  const interval = `${video.keyFrameIntervalFrames}`;
  return [
    ...['-i', source, '-map', `0:${video.streamIndex}`, '-vf', `scale=${width}:${height}:flags=bicubic`],
    ...(control === 'planned'
      ? plannedOptions(video, rendition)
      : fixedOptions(video, rendition, control.bitrateBitsPerSecond)),
    ...['-g', interval, '-keyint_min', interval, target],
  ];
}

function plannedOptions(video: PlannedVideo, rendition: PlannedRendition): string[] {
  const { maximumBitrateBitsPerSecond: ceiling } = rendition;
  return [...videoEncoderOptions(rendition, video), '-maxrate', `${ceiling}`, '-bufsize', `${2 * ceiling}`];
}

/** The same encoder with the same preset. The buffer holds 2.5 s, as in the samples. */
function fixedOptions(video: PlannedVideo, rendition: PlannedRendition, bitrate: number): string[] {
  const options = videoEncoderOptions(rendition, video);
  const withoutQuality = options.filter(
    (option, index) => option !== '-crf' && options[index - 1] !== '-crf',
  );
  const [rate, buffer] = [Math.round(bitrate), Math.round(2.5 * bitrate)].map(String);
  return [...withoutQuality, '-b:v', `${rate}`, '-maxrate', `${rate}`, '-bufsize', `${buffer}`];
}

/** Compares an encode with its source, scaled to the same size. `xpsnr` exists since ffmpeg 7.1. */
export function compareCommand(
  video: PlannedVideo,
  { width, height }: PlannedRendition,
  { source, encoded, withXpsnr }: { source: string; encoded: string; withXpsnr: boolean },
): string[] {
  const own = 'setpts=PTS-STARTPTS,format=yuv420p';
  const reference = `[1:${video.streamIndex}]scale=${width}:${height}:flags=bicubic,${own}`;
  const graph = withXpsnr
    ? `[0:v]${own},split[a][b];${reference},split[c][d];[a][c]ssim;[b][d]xpsnr`
    : `[0:v]${own}[a];${reference}[c];[a][c]ssim`;
  return ['-i', encoded, '-i', source, '-filter_complex', graph, '-f', 'null', '-'];
}

/** SSIM of all planes, from 0 to 1, and XPSNR of luma in dB. */
export interface Comparison {
  readonly ssim: number;
  readonly xpsnr: number | null;
}

/** Reads what the filters print at their end. */
export function readComparison(stderr: string): Comparison {
  const ssim = /SSIM .*All:([\d.]+)/.exec(stderr)?.[1];
  const xpsnr = /XPSNR.*?\by:\s*([\d.]+)/.exec(stderr)?.[1];
  return { ssim: Number(ssim ?? Number.NaN), xpsnr: xpsnr === undefined ? null : Number(xpsnr) };
}
