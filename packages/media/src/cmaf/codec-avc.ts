import { ByteReader } from './byte-reader.ts';

/**
 * `avc1.PPCCLL` from AVCDecoderConfigurationRecord: profile, constraints, level.
 * Source: ISO/IEC 14496-15, 5.3.3.1; RFC 6381, 3.3.
 */
export function avcCodecString(format: string, configuration: Uint8Array): string {
  const reader = new ByteReader(configuration);
  reader.skip(1);
  return `${format}.${reader.uint24().toString(16).padStart(6, '0')}`;
}
