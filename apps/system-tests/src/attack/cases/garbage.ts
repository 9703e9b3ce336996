import type { AttackCase } from '../attack-case.ts';
import { latin1, noise } from '../build/bytes.ts';
import { movie } from '../build/iso.ts';
import { matroska, videoBlocks, videoTrack } from '../build/matroska.ts';

/** Demuxers and decoders of other versions of ffmpeg notice it earlier or later. */
const refusals = ['no-decodable-stream', 'unreadable-media'];
const matroskaCodecs = [
  'V_MPEG4/ISO/AVC',
  'V_MPEGH/ISO/HEVC',
  'V_VP8',
  'V_VP9',
  'V_AV1',
  'V_MPEG2',
  'V_MPEG4/ISO/ASP',
  'V_THEORA',
  'V_PRORES',
  'V_MJPEG',
  'V_FFV1',
  'V_REAL/RV40',
];
const quickTimeFormats = ['avc1', 'hvc1', 'apcn', 'mp4v', 'SVQ3', 'rle ', 'cvid', 'png ', 'tiff', 'icod'];
/** Beginnings of audio and video without a container. */
const starts: [string, string, string][] = [
  ['MPEG program stream', '.mpg', '\x00\x00\x01\xba'],
  ['MPEG video', '.m2v', '\x00\x00\x01\xb3'],
  ['FLAC', '.flac', 'fLaC'],
  ["Monkey's Audio", '.ape', 'MAC \x96\x0f'],
  ['WavPack', '.wv', 'wvpk'],
  ['Musepack', '.mpc', 'MPCK'],
  ['RealMedia', '.rm', '.RMF'],
  ['ASF', '.wmv', '\x30\x26\xb2\x75\x8e\x66\xcf\x11'],
  ['WTV', '.wtv', '\xb7\xd8\x00\x20\x37\x49\xda\x11'],
  ['MXF', '.mxf', '\x06\x0e\x2b\x34\x02\x05\x01\x01'],
  ['NUT', '.nut', 'nut/multimedia container\x00'],
  ['FLV', '.flv', 'FLV\x01\x05\x00\x00\x00\x09\x00\x00\x00\x00'],
  ['DTS', '.dts', '\x7f\xfe\x80\x01'],
  ['Ogg', '.ogg', 'OggS'],
];

/** Bytes without meaning behind headers that name each decoder. */
export function garbageAttacks(): AttackCase[] {
  const attack = (name: string, extension: string, make: () => Uint8Array): AttackCase => ({
    name: `garbage: ${name}`,
    extension,
    make,
    outcomes: refusals,
  });
  return [
    ...matroskaCodecs.map((codec, seed) =>
      attack(`${codec} in Matroska`, '.mkv', () =>
        matroska({ tracks: [videoTrack(1, { codec })], blocks: videoBlocks(noise(4_000, seed), 20, 40) }),
      ),
    ),
    ...quickTimeFormats.map((format, seed) =>
      attack(`${format} in QuickTime`, '.mov', () => movie([{ sample: noise(4_000, seed), format }])),
    ),
    ...starts.map(([name, extension, start], seed) =>
      attack(name, extension, () => Buffer.concat([latin1(start), noise(20_000, seed)])),
    ),
  ];
}
