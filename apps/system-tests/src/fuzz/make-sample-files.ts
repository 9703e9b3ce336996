import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ContainerFormat } from './chunks/list-chunks.ts';
import type { SampleFile } from './sample-file.ts';

interface Recipe {
  readonly format: ContainerFormat;
  /** Null for audio alone. */
  readonly video: readonly string[] | null;
  readonly audio: readonly string[];
  readonly subtitles?: string;
  readonly options?: readonly string[];
}

const h264 = ['libx264', '-preset', 'ultrafast', '-bf', '1', '-b_strategy', '0', '-g', '5'];

/** Small files of each format, with subtitles and tags where the format has them. */
const recipes: Readonly<Record<string, Recipe>> = {
  'film.mp4': { format: 'iso', video: h264, audio: ['aac'], subtitles: 'mov_text' },
  'fragmented.mp4': {
    format: 'iso',
    video: h264,
    audio: ['aac'],
    options: ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'],
  },
  'camera.mov': {
    format: 'iso',
    video: h264,
    audio: ['pcm_s16le'],
    options: ['-timecode', '10:00:00:00', '-movflags', 'faststart'],
  },
  'film.mkv': { format: 'matroska', video: h264, audio: ['libvorbis'], subtitles: 'subrip' },
  'film.webm': {
    format: 'matroska',
    video: ['libvpx', '-deadline', 'realtime'],
    audio: ['libopus'],
    subtitles: 'webvtt',
  },
  'broadcast.ts': { format: 'transport', video: ['mpeg2video'], audio: ['mp2'] },
  'film.avi': { format: 'riff', video: ['mpeg4'], audio: ['libmp3lame'] },
  'film.flv': { format: 'flv', video: h264, audio: ['aac'] },
  'recording.wav': { format: 'riff', video: null, audio: ['pcm_s16le'] },
};

const subtitleText =
  '1\n00:00:00,000 --> 00:00:00,200\nOne\n\n2\n00:00:00,200 --> 00:00:00,400\n<i>Two</i>\n';

/** The files without random numbers and dates: the same version of ffmpeg always makes the same. */
export async function makeSampleFiles(): Promise<SampleFile[]> {
  const directory = await mkdtemp(join(tmpdir(), 'fyrestream-samples-'));
  try {
    const subtitles = join(directory, 'subtitles.srt');
    await writeFile(subtitles, subtitleText);
    const samples: SampleFile[] = [];
    for (const [name, recipe] of Object.entries(recipes)) {
      const path = join(directory, name);
      await promisify(execFile)('ffmpeg', [...argumentsFor(recipe, subtitles), path]);
      samples.push({ name, format: recipe.format, bytes: await readFile(path) });
    }
    return samples;
  } finally {
    await rm(directory, { recursive: true });
  }
}

function argumentsFor({ video, audio, subtitles, options = [] }: Recipe, subtitlePath: string): string[] {
  return [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=0.4:sample_rate=48000'],
    ...(video === null ? [] : ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25:duration=0.4']),
    ...(subtitles === undefined ? [] : ['-i', subtitlePath, '-c:s', subtitles]),
    ...(video === null ? [] : ['-pix_fmt', 'yuv420p', '-threads', '1', '-c:v', ...video]),
    ...['-c:a', ...audio, '-metadata', 'title=A film', '-metadata', 'comment=Made for tests'],
    ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact', ...options],
  ];
}
