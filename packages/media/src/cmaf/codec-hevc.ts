import { ByteReader } from './byte-reader.ts';

/**
 * `hvc1.P.C.TL.B` from HEVCDecoderConfigurationRecord: profile, compatibility, tier and level, constraints.
 * Source: ISO/IEC 14496-15, 8.3.3.1 and E.3.
 */
export function hevcCodecString(format: string, configuration: Uint8Array): string {
  const reader = new ByteReader(configuration);
  reader.skip(1);
  const general = reader.uint8();
  const space = ['', 'A', 'B', 'C'][general >> 6] ?? '';
  const tier = general & 0x20 ? 'H' : 'L';
  const compatibility = reverseBits(reader.uint32()).toString(16);
  const constraints = [...reader.bytes(6)];
  while (constraints.at(-1) === 0) constraints.pop();
  const level = reader.uint8();
  return [
    format,
    `${space}${general & 0x1f}`,
    compatibility,
    `${tier}${level}`,
    ...constraints.map((byte) => byte.toString(16)),
  ].join('.');
}

/** The codec string has the compatibility flags in reverse order: the first flag is the lowest bit. */
function reverseBits(value: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) reversed = ((reversed << 1) | ((value >>> bit) & 1)) >>> 0;
  return reversed;
}
