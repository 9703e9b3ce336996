import { readSourceFacts, type SourceFacts } from '../src/index.ts';

type Fields = Record<string, unknown>;

/** A video stream as ffprobe prints it: 1080p30 H.264 with 4 Mb/s, with changes for a test case. */
export function videoStream(changes: Fields = {}): Fields {
  return {
    index: 0,
    codec_type: 'video',
    codec_name: 'h264',
    codec_tag_string: 'avc1',
    width: 1920,
    height: 1080,
    sample_aspect_ratio: '1:1',
    r_frame_rate: '30/1',
    avg_frame_rate: '30/1',
    nb_frames: '300',
    field_order: 'progressive',
    pix_fmt: 'yuv420p',
    color_range: 'tv',
    color_primaries: 'bt709',
    color_transfer: 'bt709',
    color_space: 'bt709',
    start_time: '0.000000',
    duration: '10.000000',
    bit_rate: '8000000',
    disposition: { default: 1 },
    ...changes,
  };
}

export function audioStream(changes: Fields = {}): Fields {
  return {
    index: 1,
    codec_type: 'audio',
    codec_name: 'aac',
    channels: 2,
    channel_layout: 'stereo',
    sample_rate: '48000',
    start_time: '0.000000',
    duration: '10.000000',
    bit_rate: '128000',
    disposition: { default: 1 },
    tags: { language: 'eng' },
    ...changes,
  };
}

export function subtitleStream(changes: Fields = {}): Fields {
  return { index: 2, codec_type: 'subtitle', codec_name: 'subrip', tags: { language: 'ger' }, ...changes };
}

export function probeOf(streams: Fields[], format: Fields = {}): unknown {
  return {
    streams,
    format: {
      format_name: 'mov,mp4,m4a,3gp,3g2,mj2',
      size: '5000000',
      duration: '10.000000',
      start_time: '0.000000',
      bit_rate: '4000000',
      ...format,
    },
  };
}

export function factsOf(streams: Fields[], format: Fields = {}): SourceFacts {
  return readSourceFacts(probeOf(streams, format), 'mov');
}
