import { inputOptions } from '../facts/input-options.ts';
import type { AudioStream } from '../facts/source-facts.ts';

/** How PCM is stored: enough to read words from packets. */
interface WordFormat {
  readonly bits: 16 | 24 | 32;
  readonly isLittleEndian: boolean;
}

/**
 * Samples of PCM may contain compressed audio, as recorders store it from HDMI, SPDIF or SDI: played as PCM, it is loud
 * noise. Two sync words start each burst. Source: IEC 61937-1, 6.1.7; SMPTE ST 337, 7. Numbers are in the most
 * significant bits of a sample.
 */
const syncWords = [
  { bits: 16, first: 0xf872, second: 0x4e1f, names: burstNames },
  { bits: 20, first: 0x6f872, second: 0x54e1f, names: burstNames },
  { bits: 24, first: 0x96f872, second: 0xa54e1f, names: burstNames },
  // DTS without bursts around it, as on a DTS CD. Source: ETSI TS 102 114, 5.3.
  { bits: 16, first: 0x7ffe, second: 0x8001, names: () => 'DTS' },
  { bits: 16, first: 0x1fff, second: 0xe800, names: () => 'DTS' },
] as const;

/** In music two words meet by accident once in 2^32 samples; a single one more often, so it has to come back regularly. */
const minBursts = 3;

const windowSeconds = 0.5;

/** ffprobe's argv for `identifyCompressedAudioInPcm`: a few short samples over the length of the stream; null if it is not PCM. */
export function compressedAudioInPcmArguments(
  sourcePath: string,
  demuxer: string,
  stream: AudioStream,
  durationSeconds: number | null,
): string[] | null {
  if (wordFormatOf(stream.codec) === null) return null;
  const start = stream.startSeconds ?? 0;
  const shares = durationSeconds === null || durationSeconds < 8 * windowSeconds ? [0] : [0, 0.25, 0.5, 0.75];
  const windows = shares.map((share) => `${start + share * (durationSeconds ?? 0)}%+${windowSeconds}`);
  return [
    ...['-v', 'error', ...inputOptions(demuxer), '-select_streams', `${stream.index}`],
    ...['-read_intervals', windows.join(','), '-show_entries', 'packet=data', '-show_data', '-of', 'json'],
    sourcePath,
  ];
}

/** @returns what the samples contain, in words, or null if they are audio */
export function identifyCompressedAudioInPcm(
  probed: string,
  { codec, channels }: AudioStream,
): string | null {
  const format = wordFormatOf(codec);
  if (format === null) return null;
  const samples = samplesOf(packetBytes(probed), format);
  for (const { bits, first, second, names } of syncWords) {
    const word = (index: number) => (samples[index] ?? 0) >>> (32 - bits);
    // If left and right are separate tracks, each has one of the two words. A tone contains any word once per period,
    // but not after the silence between bursts.
    const isStart =
      channels === 1
        ? (index: number) =>
            (word(index) === first || word(index) === second) && isSilent(samples.subarray(index - 4, index))
        : (index: number) => word(index) === first && word(index + 1) === second;
    const starts = [...samples.keys()].filter(isStart);
    if (isRegular(starts)) return channels === 1 ? 'compressed audio' : names(word((starts[0] ?? 0) + 2));
  }
  return null;
}

function wordFormatOf(codec: string | null): WordFormat | null {
  const found = /^pcm_s(16|24|32)(le|be)$/.exec(codec ?? '');
  if (found === null) return null;
  return { bits: Number(found[1]) as WordFormat['bits'], isLittleEndian: found[2] === 'le' };
}

/** ffprobe prints packets as `00000000: 72f8 1f4e …  text`. */
function packetBytes(probed: string): Uint8Array {
  const { packets = [] } = JSON.parse(probed) as { packets?: { data?: string }[] };
  const hex = packets
    .flatMap(({ data = '' }) => data.split('\n'))
    .map((line) => line.slice(line.indexOf(':') + 1).replace(/ {2}.*$/, ''))
    .join('')
    .replaceAll(' ', '');
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

/** As 32 bits without sign, the most significant bits filled. */
function samplesOf(bytes: Uint8Array, { bits, isLittleEndian }: WordFormat): Uint32Array {
  const width = bits / 8;
  const samples = new Uint32Array(Math.floor(bytes.length / width));
  for (let index = 0; index < samples.length; index++) {
    let value = 0;
    for (let place = 0; place < width; place++) {
      const byte = bytes[index * width + (isLittleEndian ? width - 1 - place : place)] ?? 0;
      value = value * 256 + byte;
    }
    samples[index] = value * 2 ** (32 - bits);
  }
  return samples;
}

function isSilent(samples: Uint32Array): boolean {
  return samples.length > 0 && samples.every((sample) => sample === 0);
}

function isRegular(starts: readonly number[]): boolean {
  if (starts.length < minBursts) return false;
  const distances = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  const counts = Map.groupBy(distances, (distance) => distance);
  return Math.max(...[...counts.values()].map(({ length }) => length)) >= minBursts - 1;
}

/** Source: IEC 61937-2, table 2; SMPTE ST 338, table 1. */
const burstTypes: Readonly<Record<number, string>> = {
  1: 'AC-3',
  4: 'MPEG audio',
  5: 'MPEG audio',
  6: 'MPEG audio',
  7: 'AAC',
  11: 'DTS',
  12: 'DTS',
  13: 'DTS',
  17: 'DTS-HD',
  21: 'E-AC-3',
  22: 'TrueHD',
  28: 'Dolby E',
};

function burstNames(dataType: number): string {
  return burstTypes[dataType & 0x1f] ?? 'compressed audio';
}
