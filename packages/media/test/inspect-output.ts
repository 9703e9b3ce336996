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
  sample_rate: string;
  channels: number;
  tags: { language?: string };
  side_data_list?: unknown[];
}

/** The only stream of an output, and the presentation times of its packets, sorted. */
export async function inspectOutput(path: string): Promise<{ stream: InspectedStream; times: number[] }> {
  const argv = ['-v', 'error', '-show_streams', '-show_entries', 'packet=pts_time', '-of', 'json', path];
  const { stdout } = await runTool('ffprobe', argv);
  const { streams, packets } = JSON.parse(stdout) as {
    streams: InspectedStream[];
    packets: { pts_time: string }[];
  };
  const [stream] = streams;
  if (!stream || streams.length > 1) throw new TypeError(`${path} has ${streams.length} streams`);
  const times = packets.map(({ pts_time }) => Number(pts_time)).toSorted((left, right) => left - right);
  return { stream, times };
}

const thumbnail = 16;

export interface InspectedFrames {
  frameCount: number;
  /** RGB colours of the first frame's quarters, clockwise from the upper left. */
  quarters: number[][];
  /** The same of the last frame. */
  lastQuarters: number[][];
  /** The first frame that is much brighter than the darkest; -1 if there is none. */
  flashFrame: number;
}

/** Decodes a rendition completely and measures every frame at a small size. */
export async function inspectFrames(path: string): Promise<InspectedFrames> {
  const scale = `scale=${thumbnail}:${thumbnail}:in_color_matrix=bt709:in_range=tv:flags=area+full_chroma_int`;
  const filters = ['-vf', `${scale}+accurate_rnd,format=rgb24`, '-fps_mode', 'passthrough'];
  const argv = ['-v', 'error', '-xerror', '-i', path, ...filters, '-f', 'rawvideo', '-'];
  const pixels = await runForBytes('ffmpeg', argv);
  const frameBytes = thumbnail * thumbnail * 3;
  const brightness: number[] = [];
  for (let start = 0; start < pixels.length; start += frameBytes) {
    const frame = pixels.subarray(start, start + frameBytes);
    brightness.push(frame.reduce((sum, value) => sum + value, 0) / frameBytes);
  }
  const [darkest, brightest] = [Math.min(...brightness), Math.max(...brightness)];
  const flashFrame =
    brightest - darkest < 30 ? -1 : brightness.findIndex((value) => value > (darkest + brightest) / 2);
  const quarters = quartersOf(pixels.subarray(0, frameBytes));
  const lastQuarters = quartersOf(pixels.subarray(pixels.length - frameBytes));
  return { frameCount: brightness.length, quarters, lastQuarters, flashFrame };
}

function quartersOf(frame: Uint8Array): number[][] {
  const places = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.75, 0.75],
    [0.25, 0.75],
  ];
  return places.map(([x = 0, y = 0]) => {
    const start = (y * thumbnail * thumbnail + x * thumbnail) * 3;
    return [...frame.subarray(start, start + 3)];
  });
}

/** Decodes audio completely: its duration, and when it first reaches a quarter of its maximum. */
export async function inspectAudio(path: string): Promise<{ seconds: number; beepSeconds: number }> {
  const sampleRate = 48_000;
  const format = ['-ac', '1', '-ar', `${sampleRate}`, '-f', 's16le'];
  const pcm = await runForBytes('ffmpeg', ['-v', 'error', '-xerror', '-i', path, ...format, '-']);
  const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.length / 2);
  const peak = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  const onset = samples.findIndex((sample) => Math.abs(sample) > peak / 4);
  return { seconds: samples.length / sampleRate, beepSeconds: onset / sampleRate };
}
