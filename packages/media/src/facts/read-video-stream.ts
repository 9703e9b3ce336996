import { displaySizeOf, plausiblePixelAspect } from './display-size.ts';
import type { FfprobeFrame, FfprobeStream } from './ffprobe-output.ts';
import { parseRational } from './parse-rational.ts';
import { pixelFormatFacts } from './pixel-format.ts';
import { readDynamicRange } from './read-dynamic-range.ts';
import { readMastering } from './read-mastering.ts';
import { readOrientation } from './read-orientation.ts';
import type { VideoStream } from './source-facts.ts';
import { streamFacts } from './stream-facts.ts';

/**
 * @param frames the first frames of this stream. Null for a stream of unknown size, of which ffprobe decoded no frame.
 */
export function readVideoStream(stream: FfprobeStream, frames: FfprobeFrame[]): VideoStream | null {
  const codedSize = { width: stream.width ?? 0, height: stream.height ?? 0 };
  if (codedSize.width <= 0 || codedSize.height <= 0) return null;
  const orientation = readOrientation(stream);
  const pixelAspectRatio = plausiblePixelAspect(parseRational(stream.sample_aspect_ratio));
  const pixels = pixelFormatFacts(stream.pix_fmt);
  return {
    ...streamFacts(stream),
    codedSize,
    displaySize: displaySizeOf(codedSize, pixelAspectRatio, orientation),
    pixelAspectRatio,
    orientation,
    baseFrameRate: parseRational(stream.r_frame_rate),
    averageFrameRate: parseRational(stream.avg_frame_rate),
    frameCount: stream.nb_frames ?? null,
    fieldOrder: readFieldOrder(stream.field_order),
    pixelFormat: stream.pix_fmt ?? null,
    bitDepth: pixels.bitDepth ?? stream.bits_per_raw_sample ?? null,
    colour: {
      range: pixels.isFullRange ? 'full' : readRange(stream.color_range),
      primaries: knownValue(stream.color_primaries),
      transfer: knownValue(stream.color_transfer),
      matrix: knownValue(stream.color_space),
    },
    ...readDynamicRange(stream),
    mastering: readMastering(frames),
    isAttachedPicture: stream.disposition.attached_pic === 1 || stream.disposition.timed_thumbnails === 1,
    taggedDurationSeconds: taggedDuration(stream.tags.get('duration')),
    // GIF decodes to RGBA even without transparent pixels.
    hasAlpha: (pixels.hasAlpha && stream.codec_name !== 'gif') || stream.tags.get('alpha_mode') === '1',
    projection: sideDataOf(stream, 'Spherical Mapping')?.projection ?? null,
    stereoPacking: stereoPackingOf(stream),
    hasClosedCaptions: stream.closed_captions === 1 || frames.some(carriesCaptions),
  };
}

/** `00:00:05.040000000` */
function taggedDuration(tag: string | undefined): number | null {
  const [, hours, minutes, seconds] = /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(tag ?? '') ?? [];
  return seconds === undefined ? null : Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

function sideDataOf({ side_data_list }: FfprobeStream, type: string) {
  return side_data_list.find(({ side_data_type }) => side_data_type === type);
}

function stereoPackingOf(stream: FfprobeStream): string | null {
  const packing = sideDataOf(stream, 'Stereo 3D')?.type;
  return packing === undefined || packing === '2D' ? null : packing;
}

function carriesCaptions({ side_data_list }: FfprobeFrame): boolean {
  return side_data_list.some((entry) => entry.side_data_type === 'ATSC A53 Part 4 Closed Captions');
}

/** Ratios beyond 1:8 and 8:1 are treated as damage, not as anamorphic video. */
function readFieldOrder(order: string | undefined): VideoStream['fieldOrder'] {
  if (order === 'progressive') return 'progressive';
  if (order === 'tt' || order === 'bt') return 'top-first';
  return order === 'bb' || order === 'tb' ? 'bottom-first' : 'unknown';
}

function readRange(range: string | undefined): VideoStream['colour']['range'] {
  if (range === 'pc') return 'full';
  return range === 'tv' ? 'limited' : 'unknown';
}

function knownValue(value: string | undefined): string | null {
  return value === undefined || ['unknown', 'unspecified', 'reserved'].includes(value) ? null : value;
}
