import { ByteReader } from './byte-reader.ts';
import type { ColourDescription } from './colour-description.ts';

/**
 * `av01.P.LLT.DD` from AV1CodecConfigurationRecord: profile, level and tier, bit depth. The optional colour part is
 * written only if it differs from its default, BT.709 in limited range. Source: AV1 Codec ISO Media File Format
 * Binding, 2.3 and 5.
 */
export function av1CodecString(
  format: string,
  configuration: Uint8Array,
  colour: ColourDescription | null,
): string {
  const reader = new ByteReader(configuration);
  reader.skip(1);
  const profileAndLevel = reader.uint8();
  const details = reader.uint8();
  const isHighBitDepth = (details & 0x40) !== 0;
  const isTwelveBit = (details & 0x20) !== 0;
  const bitDepth = isTwelveBit ? 12 : isHighBitDepth ? 10 : 8;
  const monochrome = (details >> 4) & 1;
  const subsampling = `${(details >> 3) & 1}${(details >> 2) & 1}${details & 3}`;
  const tier = details & 0x80 ? 'H' : 'M';
  const base = `${format}.${profileAndLevel >> 5}.${twoDigits(profileAndLevel & 0x1f)}${tier}.${twoDigits(bitDepth)}`;
  if (colour === null) return base;
  const { primaries, transfer, matrix, fullRange } = colour;
  const colours = [twoDigits(primaries), twoDigits(transfer), twoDigits(matrix), fullRange ? '1' : '0'].join(
    '.',
  );
  const full = `${monochrome}.${subsampling}.${colours}`;
  return full === '0.110.01.01.01.0' ? base : `${base}.${full}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
