import { latin1, uint32sLittle } from './bytes.ts';

/** A WAV of silence. @param rateField the stated bytes per second, by default the right ones */
export function wave(channels: number, sampleRate: number, frames = 20, bits = 16): Uint8Array {
  const blockBytes = (channels * bits) / 8;
  const dataBytes = frames * blockBytes;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE((sampleRate * blockBytes) >>> 0, 8);
  format.writeUInt16LE(blockBytes & 0xff_ff, 12);
  format.writeUInt16LE(bits, 14);
  return Buffer.concat([
    ...[latin1('RIFF'), uint32sLittle(36 + dataBytes), latin1('WAVE')],
    ...[latin1('fmt '), uint32sLittle(16), format],
    ...[latin1('data'), uint32sLittle(dataBytes), new Uint8Array(dataBytes)],
  ]);
}
