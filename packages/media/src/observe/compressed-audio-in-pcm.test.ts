import { describe, expect, it } from 'vitest';
import { audioStream, factsOf } from '../../test/ffprobe-fixtures.ts';
import { compressedAudioInPcmArguments, identifyCompressedAudioInPcm } from './compressed-audio-in-pcm.ts';

const streamOf = (codec_name: string, channels = 2) =>
  factsOf([audioStream({ codec_name, channels })]).audio[0] ?? expect.fail('no stream');

/** Samples as ffprobe prints the packets that hold them. */
function probed(samples: readonly number[], bytesPerSample: number, isLittleEndian: boolean): string {
  const bytes = Buffer.alloc(samples.length * bytesPerSample);
  for (const [index, sample] of samples.entries()) {
    const at = index * bytesPerSample;
    if (isLittleEndian) bytes.writeUIntLE(sample, at, bytesPerSample);
    else bytes.writeUIntBE(sample, at, bytesPerSample);
  }
  const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, line) => {
    const hex = bytes.subarray(line * 16, line * 16 + 16).toString('hex');
    return `\n${(line * 16).toString(16).padStart(8, '0')}: ${hex.replaceAll(/.{4}/g, '$& ')} ${'.'.repeat(16)}`;
  });
  return JSON.stringify({ packets: [{ data: `${lines.join('')}\n` }] });
}

/** A burst every 1536 stereo samples, with noise between. */
const bursts = (...words: number[]) =>
  Array.from({ length: 5 * 3072 }, (_, index) => words[index % 3072] ?? (index * 7919) % 32_768);

describe('identifyCompressedAudioInPcm', () => {
  it.each([
    ['AC-3 in 16 bits', 'pcm_s16le', bursts(0xf872, 0x4e1f, 0x0001), 2, true, 'AC-3'],
    ['E-AC-3 in 16 bits, big endian', 'pcm_s16be', bursts(0xf872, 0x4e1f, 0x0015), 2, false, 'E-AC-3'],
    ['AC-3 in the upper bits of 24', 'pcm_s24le', bursts(0xf87200, 0x4e1f00, 0x000100), 3, true, 'AC-3'],
    ['Dolby E in 20 bits of 24', 'pcm_s24be', bursts(0x6f8720, 0x54e1f0, 0x0001c0), 3, false, 'Dolby E'],
    ['Dolby E in 24 bits', 'pcm_s24le', bursts(0x96f872, 0xa54e1f, 0x00001c), 3, true, 'Dolby E'],
    ['Dolby E in 24 bits of 32', 'pcm_s32le', bursts(0x96f87200, 0xa54e1f00, 0x00001c00), 4, true, 'Dolby E'],
    ['DTS without bursts', 'pcm_s16le', bursts(0x7ffe, 0x8001, 0xfc3c), 2, true, 'DTS'],
  ])('sees %s', (_, codec, samples, bytesPerSample, isLittleEndian, name) => {
    expect(
      identifyCompressedAudioInPcm(probed(samples, bytesPerSample, isLittleEndian), streamOf(codec)),
    ).toBe(name);
  });

  it('detects one half of a pair whose halves are separate tracks', () => {
    const half = Array.from({ length: 5 * 1536 }, (_, index) => {
      const place = index % 1536;
      return place === 0 ? 0x4e1f : place > 1_000 ? 0 : place;
    });
    expect(identifyCompressedAudioInPcm(probed(half, 2, true), streamOf('pcm_s16le', 1))).toBe(
      'compressed audio',
    );
  });

  it('takes music for music', () => {
    const wave = Array.from(
      { length: 48_000 },
      (_, index) => Math.round(20_000 * Math.sin(index / 20)) & 0xffff,
    );
    expect(identifyCompressedAudioInPcm(probed(wave, 2, true), streamOf('pcm_s16le'))).toBeNull();
    const accident = wave.with(500, 0xf872).with(501, 0x4e1f).with(900, 0xf872).with(901, 0x4e1f);
    expect(identifyCompressedAudioInPcm(probed(accident, 2, true), streamOf('pcm_s16le'))).toBeNull();
    const single = wave.with(500, 0xf872).with(900, 0x4e1f).with(7_000, 0xf872);
    expect(identifyCompressedAudioInPcm(probed(single, 2, true), streamOf('pcm_s16le', 1))).toBeNull();
    expect(identifyCompressedAudioInPcm('{}', streamOf('pcm_s16le'))).toBeNull();
  });
});

it('samples only PCM', () => {
  expect(compressedAudioInPcmArguments('/source', 'mov', streamOf('aac'), 60)).toBeNull();
  expect(compressedAudioInPcmArguments('/source', 'mov', streamOf('pcm_s16le'), 60)?.join(' ')).toContain(
    '-read_intervals 0%+0.5,15%+0.5,30%+0.5,45%+0.5',
  );
  expect(compressedAudioInPcmArguments('/source', 'mov', streamOf('pcm_s16le'), 1)?.join(' ')).toContain(
    ' 0%+0.5 ',
  );
});
