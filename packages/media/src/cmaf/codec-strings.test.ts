import { describe, expect, it } from 'vitest';
import { readAudioSpecificConfig } from './audio-specific-config.ts';
import { av1CodecString } from './codec-av1.ts';
import { avcCodecString } from './codec-avc.ts';
import { hevcCodecString } from './codec-hevc.ts';

function bytes(hexadecimal: string): Uint8Array {
  return Uint8Array.from(hexadecimal.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Configuration records as ffmpeg wrote them, cut after the fields that are read. */
describe('codec strings', () => {
  it.each([
    ['High 3.1', '0164001fffe1', 'avc1.64001f'],
    ['Constrained Baseline 3.0', '0142c01effe1', 'avc1.42c01e'],
  ])('H.264 %s', (_name, record, codec) => {
    expect(avcCodecString('avc1', bytes(record))).toBe(codec);
  });

  it.each([
    ['Main 3.1', '0101600000009000000000005d', 'hvc1.1.6.L93.90'],
    ['Main 10 4.0', '01022000000090000000000078', 'hvc1.2.4.L120.90'],
    ['Main 10 5.0 High tier', '012220000000b0000000000096', 'hvc1.2.4.H150.b0'],
    ['constraint bytes with a zero between others', '0101600000009000100000005d', 'hvc1.1.6.L93.90.0.10'],
  ])('HEVC %s', (_name, record, codec) => {
    expect(hevcCodecString('hvc1', bytes(record))).toBe(codec);
  });

  const bt709 = { primaries: 1, transfer: 1, matrix: 1, fullRange: false };
  const pq = { primaries: 9, transfer: 16, matrix: 9, fullRange: false };
  it.each([
    ['Main 8 bit', '81050c00', null, 'av01.0.05M.08'],
    ['Main 8 bit, BT.709 said', '81050c00', bt709, 'av01.0.05M.08'],
    ['Main 10 bit, PQ', '81084c00', pq, 'av01.0.08M.10.0.110.09.16.09.0'],
    ['Professional 12 bit 4:2:2, High tier', '814de800', null, 'av01.2.13H.12'],
  ])('AV1 %s', (_name, record, colour, codec) => {
    expect(av1CodecString('av01', bytes(record), colour)).toBe(codec);
  });

  it.each([
    ['AAC-LC 48 kHz stereo', '1190', { objectType: 2, sampleRateHertz: 48_000, channels: 2 }],
    ['AAC-LC 44.1 kHz mono', '1208', { objectType: 2, sampleRateHertz: 44_100, channels: 1 }],
    ['AAC-LC 48 kHz 5.1', '11b0', { objectType: 2, sampleRateHertz: 48_000, channels: 6 }],
    ['AAC-LC 48 kHz 7.1', '11b8', { objectType: 2, sampleRateHertz: 48_000, channels: 8 }],
    ['a sample rate without an index', '178001f40800', { objectType: 2, sampleRateHertz: 1000, channels: 1 }],
    ['xHE-AAC', 'f94640', { objectType: 42, sampleRateHertz: 48_000, channels: 2 }],
  ])('audio %s', (_name, record, configuration) => {
    expect(readAudioSpecificConfig(bytes(record))).toEqual(configuration);
  });
});
