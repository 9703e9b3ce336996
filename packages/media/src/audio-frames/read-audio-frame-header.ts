/** A frame of a stream without a container, from its header. */
export interface AudioFrameHeader {
  /** ffmpeg's name of the demuxer. */
  readonly demuxer: 'mp3' | 'aac';
  /** The fields that are equal in all frames of a stream. */
  readonly kind: string;
  readonly lengthBytes: number;
}

/** The size of a header in bytes. */
export const audioFrameHeaderBytes = 6;

/** In kbit/s by index; MPEG-1 layers 1 to 3, then MPEG-2 layer 1, layers 2 and 3. Source: ISO/IEC 11172-3, 2.4.2.3; 13818-3. */
const mpegBitrates = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const mpegSampleRates = [44_100, 48_000, 32_000];

/** @returns null if there is no header of MPEG audio (layers 1 to 3) or of AAC in ADTS */
export function readAudioFrameHeader(bytes: Uint8Array, at: number): AudioFrameHeader | null {
  if (at + audioFrameHeaderBytes > bytes.length || bytes[at] !== 0xff) return null;
  return ((bytes[at + 1] ?? 0) & 0xf6) === 0xf0 ? readAdts(bytes, at) : readMpeg(bytes, at);
}

function readMpeg(bytes: Uint8Array, at: number): AudioFrameHeader | null {
  const [second = 0, third = 0] = bytes.subarray(at + 1, at + 3);
  // 3: MPEG-1; 2: MPEG-2; 0: MPEG-2.5.
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const rate = mpegSampleRates[(third >> 2) & 3];
  if ((second & 0xe0) !== 0xe0 || version === 1 || layer === 4 || rate === undefined) return null;
  const table = version === 3 ? layer - 1 : layer === 1 ? 3 : 4;
  const bitsPerSecond = (mpegBitrates[table]?.[third >> 4] ?? 0) * 1_000;
  // The length of free format frames is not in the header.
  if (bitsPerSecond === 0) return null;
  const sampleRate = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1152;
  const lengthBytes =
    layer === 1
      ? (Math.floor((12 * bitsPerSecond) / sampleRate) + padding) * 4
      : Math.floor(((samples / 8) * bitsPerSecond) / sampleRate) + padding;
  return { demuxer: 'mp3', kind: `mpeg ${version} ${layer} ${sampleRate}`, lengthBytes };
}

/** Source: ISO/IEC 14496-3, 1.A.3.2. */
function readAdts(bytes: Uint8Array, at: number): AudioFrameHeader | null {
  const [second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = bytes.subarray(at + 1, at + 6);
  const lengthBytes = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
  const rateIndex = (third >> 2) & 15;
  if (rateIndex > 12 || lengthBytes < 7) return null;
  return { demuxer: 'aac', kind: `adts ${second & 8} ${third >> 6} ${rateIndex}`, lengthBytes };
}
