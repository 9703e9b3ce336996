import { latin1, uint32sLittle } from './bytes.ts';

/** Mono floating-point audio of one second with 8 kHz. @param sampleAt the value of each sample */
export function floatWave(sampleAt: (index: number) => number): Uint8Array {
  const samples = Buffer.alloc(4 * 8_000);
  for (let index = 0; index < 8_000; index++) samples.writeFloatLE(sampleAt(index), 4 * index);
  const file = Buffer.from(wave(1, 8_000, 8_000, 32));
  // The format: floating point.
  file.writeUInt16LE(3, 20);
  return Buffer.concat([file.subarray(0, 44), samples]);
}

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
