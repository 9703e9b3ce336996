import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface MediaStream {
  readonly codec_type: 'video' | 'audio';
  readonly codec_name: string;
  readonly width?: number;
  readonly height?: number;
  readonly nb_read_packets: string;
}

export interface Media {
  readonly streams: readonly MediaStream[];
  readonly durationSeconds: number;
}

async function probe(argv: string[]): Promise<string> {
  const { stdout, stderr } = await run('ffprobe', ['-v', 'error', ...argv], { maxBuffer: 64 * 1024 * 1024 });
  if (stderr !== '') throw new Error(`ffprobe complains: ${stderr}`);
  return stdout;
}

/** What ffprobe finds in a file; a word of complaint from it is a failure. */
export async function readMedia(path: string, options: string[] = []): Promise<Media> {
  const json = await probe([
    ...options,
    '-count_packets',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    path,
  ]);
  const { streams, format } = JSON.parse(json);
  return { streams, durationSeconds: Number(format.duration) };
}

/** The times of all key frames of the video, in seconds. */
export async function readKeyFrameTimes(path: string): Promise<number[]> {
  const entries = ['-show_entries', 'packet=pts_time,flags', '-of', 'csv=print_section=0'];
  const lines = (await probe(['-select_streams', 'v:0', ...entries, path])).trim().split('\n');
  return lines.filter((line) => line.includes('K')).map((line) => Number(line.split(',')[0]));
}
