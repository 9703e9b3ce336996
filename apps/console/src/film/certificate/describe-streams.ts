import { nameLanguage } from '../name-language.ts';
import type { Rational, SourceFacts } from './certificate.ts';

const ranges = { sdr: 'SDR', pq: 'HDR (PQ)', hlg: 'HDR (HLG)' };

/** `h264, 1920×1080, 25 frames/s, 8 bits, SDR` */
export function describeVideoStream(stream: SourceFacts['video'][number]): string {
  const { codec, displaySize, averageFrameRate, bitDepth, dynamicRange, fieldOrder, orientation } = stream;
  return [
    codec ?? 'unknown codec',
    `${displaySize.width}×${displaySize.height}`,
    ...(averageFrameRate === null ? [] : [describeFrameRate(averageFrameRate)]),
    ...(bitDepth === null ? [] : [`${bitDepth} bits`]),
    ranges[dynamicRange],
    ...(fieldOrder.endsWith('-first') ? ['interlaced'] : []),
    ...(orientation.rotationDegrees === 0 ? [] : [`rotated by ${orientation.rotationDegrees}°`]),
  ].join(', ');
}

/** `aac, German, stereo, 48 kHz` */
export function describeAudioStream(stream: SourceFacts['audio'][number]): string {
  const { codec, language, channels, channelLayout, sampleRateHertz } = stream;
  return [
    codec ?? 'unknown codec',
    ...(language === null ? [] : [nameLanguage(language)]),
    channelLayout ?? `${channels} channels`,
    `${sampleRateHertz / 1_000} kHz`,
  ].join(', ');
}

/** `subrip, German` */
export function describeSubtitleStream({ codec, language }: SourceFacts['subtitles'][number]): string {
  return [codec ?? 'unknown codec', ...(language === null ? [] : [nameLanguage(language)])].join(', ');
}

/** `25 frames/s`, `29.97 frames/s` */
export function describeFrameRate({ numerator, denominator }: Rational): string {
  return `${Number((numerator / denominator).toFixed(2))} frames/s`;
}
