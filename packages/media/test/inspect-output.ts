import { runForBytes, runTool } from './run-tool.ts';

export interface InspectedStream {
  codec_name: string;
  codec_tag_string: string;
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

/** The colours in the middle of the four quarters of the first frame, clockwise from the upper left, as RGB. */
export async function quarterColours(path: string, { width, height }: { width: number; height: number }) {
  const convert = 'scale=in_color_matrix=bt709:in_range=tv:flags=full_chroma_int+accurate_rnd,format=rgb24';
  const argv = ['-v', 'error', '-i', path, '-vf', convert, '-frames:v', '1', '-f', 'rawvideo', '-'];
  const pixels = await runForBytes('ffmpeg', argv);
  const quarters = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ] as const;
  return quarters.map(([x, y]) => {
    const start = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
    return [...pixels.subarray(start, start + 3)];
  });
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
