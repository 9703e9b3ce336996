import { describe, expect, it } from 'vitest';
import { sniffContainer } from '../sniff/sniff-container.ts';
import { findAudioFrames } from './find-audio-frames.ts';
import { readAudioFrameHeader } from './read-audio-frame-header.ts';
import { createAudioFrameScan } from './scan-audio-frames.ts';

/** MPEG-1 layer 3, 128 kbit/s, 44.1 kHz: 417 bytes. */
const mp3Frame = Uint8Array.from({ length: 417 }, (_, index) => [0xff, 0xfb, 0x90, 0x64][index] ?? 0x55);
/** AAC LC, 48 kHz, 300 bytes. */
const adtsFrame = Uint8Array.from(
  { length: 300 },
  (_, index) => [0xff, 0xf1, 0x4c, 0x80, 0x25, 0x9f, 0xfc][index] ?? 0x55,
);
const noise = (length: number) =>
  Uint8Array.from({ length }, (_, index) => (index * index * 7919 + 13) % 251);
const frames = (count: number, frame = mp3Frame) => Array.from({ length: count }, () => frame);
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const latin1 = (text: string, length: number) =>
  new Uint8Array(Buffer.from(text.padEnd(length, '\0'), 'latin1'));

describe('readAudioFrameHeader', () => {
  it.each([
    ['MP3 of 128 kbit/s', [0xff, 0xfb, 0x90, 0x64, 0, 0], 417],
    ['with padding', [0xff, 0xfb, 0x92, 0x64, 0, 0], 418],
    ['MP2 of 192 kbit/s at 48 kHz', [0xff, 0xfd, 0xa4, 0, 0, 0], 576],
    ['layer 1 of 384 kbit/s at 48 kHz', [0xff, 0xff, 0xc4, 0, 0, 0], 384],
    ['MPEG-2 layer 3 of 64 kbit/s at 22.05 kHz', [0xff, 0xf3, 0x80, 0, 0, 0], 208],
    ['MPEG-2.5 layer 3 of 32 kbit/s at 8 kHz', [0xff, 0xe3, 0x48, 0, 0, 0], 288],
    ['ADTS', [...adtsFrame.subarray(0, 6)], 300],
  ])('finds the length of a frame: %s', (_, bytes, lengthBytes) => {
    expect(readAudioFrameHeader(Uint8Array.from(bytes), 0)).toMatchObject({ lengthBytes });
  });

  it.each([
    ['no sync', [0xfe, 0xfb, 0x90, 0x64, 0, 0]],
    ['a version that does not exist', [0xff, 0xeb, 0x90, 0x64, 0, 0]],
    ['a layer that does not exist', [0xff, 0xf9, 0x90, 0x64, 0, 0]],
    ['a sample rate that does not exist', [0xff, 0xfb, 0x9c, 0x64, 0, 0]],
    ['a bit rate that does not exist', [0xff, 0xfb, 0xf0, 0x64, 0, 0]],
    ['half a header', [0xff, 0xfb, 0x90]],
  ])('is not read as a frame: %s', (_, bytes) => {
    expect(readAudioFrameHeader(Uint8Array.from(bytes), 0)).toBeNull();
  });
});

describe('findAudioFrames', () => {
  it('finds the first frame after other bytes', () => {
    expect(findAudioFrames(join(noise(5_000), ...frames(10)))).toEqual({
      demuxer: 'mp3',
      offsetBytes: 5_000,
    });
    expect(findAudioFrames(join(noise(333), ...frames(10, adtsFrame)))).toEqual({
      demuxer: 'aac',
      offsetBytes: 333,
    });
  });

  it('is the way to skip the bytes before the audio', () => {
    const sniffed = sniffContainer(join(noise(5_000), ...frames(10)));
    expect(sniffed).toMatchObject({ kind: 'media', demuxer: 'mp3', leadingBytes: 5_000 });
  });

  it('finds no audio in noise and in a few frames', () => {
    expect(findAudioFrames(noise(200_000))).toBeNull();
    expect(findAudioFrames(new Uint8Array(20_000).fill(0xff))).toBeNull();
    expect(findAudioFrames(join(noise(100), ...frames(5), noise(5_000)))).toBeNull();
  });
});

describe('createAudioFrameScan', () => {
  const scan = (bytes: Uint8Array, chunkBytes: number) => {
    const made = createAudioFrameScan();
    for (let at = 0; at < bytes.length; at += chunkBytes) made.push(bytes.subarray(at, at + chunkBytes));
    return made.end();
  };

  it.each([1_000_000, 65_536, 1_000, 417])(
    'reports bytes that are not audio, in chunks of %i',
    (chunkBytes) => {
      const bytes = join(noise(9_000), ...frames(20), noise(6_000), ...frames(20), noise(70_000));
      expect(scan(bytes, chunkBytes)).toEqual({
        frameCount: 40,
        strayBytes: [
          { startBytes: 0, endBytes: 9_000 },
          { startBytes: 17_340, endBytes: 23_340 },
          { startBytes: 31_680, endBytes: 101_680 },
        ],
      });
    },
  );

  it('does not report tags and a frame that was cut off', () => {
    const id3 = join(latin1('ID3\x04\0\0\0\0\x75\x30', 10), noise(0x75 * 128 + 0x30));
    const ape = join(latin1('APETAGEX\xd0\x07\0\0\x20\x4e\0\0\x01', 32), noise(20_000));
    const whole = join(id3, ...frames(20), mp3Frame.subarray(0, 200), ...frames(5), ape, latin1('TAG', 128));
    expect(scan(whole, 65_536)).toEqual({ frameCount: 25, strayBytes: [] });
    expect(scan(join(...frames(20), mp3Frame.subarray(0, 300)), 65_536).strayBytes).toEqual([]);
  });
});
