/** Bytes, written as Latin-1 characters, at an offset; a second position if the first is not sufficient. */
export interface Signature {
  at?: number;
  magic: string;
  andAt?: { offset: number; magic: string };
}

/** Containers and audio files with a fixed signature, by ffmpeg's name of the demuxer. */
export const mediaSignatures: (Signature & { demuxer: string; mediaType: string })[] = [
  { magic: '\x1a\x45\xdf\xa3', demuxer: 'matroska', mediaType: 'video/x-matroska' },
  { magic: 'RIFF', andAt: { offset: 8, magic: 'AVI ' }, demuxer: 'avi', mediaType: 'video/x-msvideo' },
  { magic: 'RIFF', andAt: { offset: 8, magic: 'AVIX' }, demuxer: 'avi', mediaType: 'video/x-msvideo' },
  { magic: 'RIFF', andAt: { offset: 8, magic: 'WAVE' }, demuxer: 'wav', mediaType: 'audio/wav' },
  { magic: 'RF64', andAt: { offset: 8, magic: 'WAVE' }, demuxer: 'wav', mediaType: 'audio/wav' },
  { magic: 'BW64', andAt: { offset: 8, magic: 'WAVE' }, demuxer: 'wav', mediaType: 'audio/wav' },
  { magic: 'riff\x2e\x91\xcf\x11', demuxer: 'w64', mediaType: 'audio/x-w64' },
  { magic: 'FLV\x01', demuxer: 'flv', mediaType: 'video/x-flv' },
  { magic: '\x30\x26\xb2\x75\x8e\x66\xcf\x11', demuxer: 'asf', mediaType: 'video/x-ms-asf' },
  { magic: '\xb7\xd8\x00\x20\x37\x49\xda\x11', demuxer: 'wtv', mediaType: 'video/x-ms-wtv' },
  { magic: 'OggS', demuxer: 'ogg', mediaType: 'application/ogg' },
  { magic: '\x00\x00\x01\xba', demuxer: 'mpeg', mediaType: 'video/mpeg' },
  { magic: '\x00\x00\x01\xb3', demuxer: 'mpegvideo', mediaType: 'video/mpeg' },
  { magic: '\x00\x00\x01\xb0', demuxer: 'm4v', mediaType: 'video/mp4v-es' },
  { magic: '\x12\x00\x0a', demuxer: 'obu', mediaType: 'video/av1' },
  { magic: '\x06\x0e\x2b\x34\x02\x05\x01\x01', demuxer: 'mxf', mediaType: 'application/mxf' },
  { magic: 'DKIF', demuxer: 'ivf', mediaType: 'video/x-ivf' },
  { magic: '.RMF', demuxer: 'rm', mediaType: 'application/vnd.rn-realmedia' },
  { magic: 'nut/multimedia container\x00', demuxer: 'nut', mediaType: 'video/x-nut' },
  { magic: 'YUV4MPEG2 ', demuxer: 'yuv4mpegpipe', mediaType: 'video/x-yuv4mpeg' },
  { magic: '\x1f\x07\x00', demuxer: 'dv', mediaType: 'video/dv' },
  { magic: 'fLaC', demuxer: 'flac', mediaType: 'audio/flac' },
  { magic: 'caff\x00\x01', demuxer: 'caf', mediaType: 'audio/x-caf' },
  { magic: 'FORM', andAt: { offset: 8, magic: 'AIF' }, demuxer: 'aiff', mediaType: 'audio/aiff' },
  { magic: 'Creative Voice File\x1a', demuxer: 'voc', mediaType: 'audio/x-voc' },
  { magic: '.snd', demuxer: 'au', mediaType: 'audio/basic' },
  { magic: '#!AMR', demuxer: 'amr', mediaType: 'audio/amr' },
  { magic: 'wvpk', demuxer: 'wv', mediaType: 'audio/x-wavpack' },
  { magic: 'MAC \x96\x0f', demuxer: 'ape', mediaType: 'audio/x-ape' },
  { magic: 'MAC \x90\x0f', demuxer: 'ape', mediaType: 'audio/x-ape' },
  { magic: 'TTA1', demuxer: 'tta', mediaType: 'audio/x-tta' },
  { magic: 'MPCK', demuxer: 'mpc8', mediaType: 'audio/x-musepack' },
  { magic: 'MP+', demuxer: 'mpc', mediaType: 'audio/x-musepack' },
  { magic: 'DSD ', demuxer: 'dsf', mediaType: 'audio/x-dsf' },
  { magic: 'FRM8', andAt: { offset: 12, magic: 'DSD ' }, demuxer: 'iff', mediaType: 'audio/x-dff' },
  { magic: 'DTSHDHDR', demuxer: 'dtshd', mediaType: 'audio/vnd.dts.hd' },
  { magic: '\x7f\xfe\x80\x01', demuxer: 'dts', mediaType: 'audio/vnd.dts' },
  { magic: '\xfe\x7f\x01\x80', demuxer: 'dts', mediaType: 'audio/vnd.dts' },
  { magic: '\x1f\xff\xe8\x00', demuxer: 'dts', mediaType: 'audio/vnd.dts' },
  { magic: '\xff\x1f\x00\xe8', demuxer: 'dts', mediaType: 'audio/vnd.dts' },
  { at: 4, magic: '\xf8\x72\x6f\xba', demuxer: 'truehd', mediaType: 'audio/true-hd' },
];

/** Every demuxer that may open a source: the format whitelist if the first bytes are unknown. */
export const acceptedDemuxers: string[] = [
  ...new Set([
    ...['mov', 'mpegts', 'mp3', 'aac', 'ac3', 'eac3', 'loas', 'h264', 'hevc', 'gif', 'apng', 'mjpeg'],
    ...mediaSignatures.map(({ demuxer }) => demuxer),
  ]),
];
