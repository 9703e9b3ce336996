import { runForBytes, runTool } from './run-tool.ts';

export interface InspectedStream {
  codec_name: string;
  width: number;
  height: number;
  sample_aspect_ratio: string;
  pix_fmt: string;
  profile: string;
  color_range: string;
  color_primaries: string;
  color_transfer: string;
  color_space: string;
  r_frame_rate: string;
  start_time: string;
  duration: string;
  nb_read_frames: string;
  sample_rate: string;
  channels: number;
  tags: { language?: string };
  side_data_list?: unknown[];
}

/** The only stream of an output, every frame decoded and counted. */
export async function inspectOutput(path: string): Promise<InspectedStream> {
  const { stdout } = await runTool('ffprobe', [
    '-v',
    'error',
    '-count_frames',
    '-show_streams',
    '-of',
    'json',
    path,
  ]);
  return JSON.parse(stdout).streams[0];
}

/** The mean colours of the four quarters of the first frame, clockwise from the upper left, as RGB. */
export async function quarterColours(path: string): Promise<number[][]> {
  const scale = 'scale=2:2:flags=area:in_color_matrix=bt709:in_range=tv,format=rgb24';
  const pixels = await runForBytes('ffmpeg', [
    '-v',
    'error',
    '-i',
    path,
    '-vf',
    scale,
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-',
  ]);
  return [0, 1, 3, 2].map((pixel) => [...pixels.subarray(pixel * 3, pixel * 3 + 3)]);
}

/** Seconds until the first sound louder than -40 dB. */
export async function leadingSilence(path: string): Promise<number> {
  const pcm = await runForBytes('ffmpeg', [
    '-v',
    'error',
    '-i',
    path,
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    's16le',
    '-',
  ]);
  for (let sample = 0; sample * 2 + 1 < pcm.length; sample += 1) {
    if (Math.abs(pcm.readInt16LE(sample * 2)) > 328) return sample / 48_000;
  }
  return Number.POSITIVE_INFINITY;
}
