import { type Box, readBoxes } from './boxes.ts';
import { ByteReader } from './byte-reader.ts';
import { av1CodecString } from './codec-av1.ts';
import { avcCodecString } from './codec-avc.ts';
import { hevcCodecString } from './codec-hevc.ts';
import type { ColourDescription } from './colour-description.ts';
import { packagingError } from './packaging-error.ts';
import { type Rational, reduceRational } from './rational.ts';

/** Values of `VIDEO-RANGE` in HLS. */
export type VideoRange = 'SDR' | 'PQ' | 'HLG';

export interface VideoSampleEntry {
  /** RFC 6381, e.g. `avc1.64001f`. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly sampleAspect: Rational;
  readonly videoRange: VideoRange;
}

/** Size of the fields of SampleEntry and VisualSampleEntry before the child boxes. */
const fixedFieldsBytes = 78;

/** Source: ISO/IEC 14496-12, 12.1.3 (VisualSampleEntry), 12.1.4 (pasp), 12.1.5 (colr). */
export function readVideoSampleEntry(entry: Box): VideoSampleEntry {
  const reader = new ByteReader(entry.payload);
  reader.skip(24);
  const width = reader.uint16();
  const height = reader.uint16();
  const boxes = readBoxes(entry.payload.subarray(fixedFieldsBytes));
  const payloadOf = (type: string) => boxes.find((box) => box.type === type)?.payload;
  const colour = readColour(payloadOf('colr'));
  return {
    codec: readCodec(entry.type, payloadOf, colour),
    width,
    height,
    sampleAspect: readSampleAspect(payloadOf('pasp')),
    videoRange: colour?.transfer === 16 ? 'PQ' : colour?.transfer === 18 ? 'HLG' : 'SDR',
  };
}

function readCodec(
  format: string,
  payloadOf: (type: string) => Uint8Array | undefined,
  colour: ColourDescription | null,
): string {
  const avc = payloadOf('avcC');
  if (format === 'avc1' && avc) return avcCodecString(format, avc);
  const hevc = payloadOf('hvcC');
  // Apple's players support only hvc1: parameter sets must be in the init segment.
  if (format === 'hvc1' && hevc) return hevcCodecString(format, hevc);
  const av1 = payloadOf('av1C');
  if (format === 'av01' && av1) return av1CodecString(format, av1, colour);
  throw packagingError(
    `Video of the format ${JSON.stringify(format)} is not supported: avc1, hvc1 or av01 is required.`,
  );
}

function readSampleAspect(payload: Uint8Array | undefined): Rational {
  if (payload === undefined) return { numerator: 1, denominator: 1 };
  const reader = new ByteReader(payload);
  const numerator = reader.uint32();
  const denominator = reader.uint32();
  if (numerator === 0 || denominator === 0) return { numerator: 1, denominator: 1 };
  return reduceRational({ numerator, denominator });
}

function readColour(payload: Uint8Array | undefined): ColourDescription | null {
  if (payload === undefined) return null;
  const reader = new ByteReader(payload);
  if (reader.fourCharacterCode() !== 'nclx') return null;
  const primaries = reader.uint16();
  const transfer = reader.uint16();
  const matrix = reader.uint16();
  return { primaries, transfer, matrix, fullRange: reader.uint8() >= 0x80 };
}
