import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a file holds: text must be refused, everything else must be published. */
export type SourceContent = 'video' | 'audio' | 'text';

interface Source {
  readonly video?: string;
  readonly audio?: string;
  readonly text?: string;
}

/** Graphs of ffmpeg, without their duration. */
const sources: Readonly<Record<string, Source>> = {
  'silent.mp4': { video: 'testsrc2=size=160x120:rate=25' },
  'wide.mp4': { video: 'testsrc2=size=320x180:rate=25', audio: 'sine=frequency=330' },
  'upright.mov': {
    video: 'testsrc2=size=180x240:rate=30',
    audio: 'sine=frequency=440',
  },
  'smooth.mkv': { video: 'testsrc2=size=256x144:rate=50' },
  'tone.m4a': { audio: 'sine=frequency=550' },
  'tone.wav': { audio: 'sine=frequency=660' },
  'letter.mp4': { text: 'This is a text file with the name of a video.\n' },
  'list.mp4': { text: 'bread\nbutter\n' },
};

export const sourceNames: Readonly<Record<SourceContent, readonly string[]>> = {
  video: namesOf('video'),
  audio: namesOf('audio'),
  text: namesOf('text'),
};

export interface SourceFiles {
  readonly pathOf: (name: string) => string;
  /** By the ETag of the stored object: the MD5 of its bytes, because no file is uploaded in parts. */
  readonly contentByEtag: ReadonlyMap<string, SourceContent>;
}

/** @param seconds of each video and audio: about one, so that encoding takes little of the run, unless workers share a video */
export async function makeSourceFiles(directory: string, seconds = 1): Promise<SourceFiles> {
  const pathOf = (name: string) => join(directory, name);
  await mkdir(directory, { recursive: true });
  const contentByEtag = new Map<string, SourceContent>();
  for (const [name, source] of Object.entries(sources)) {
    await make(pathOf(name), source, seconds);
    const bytes = await readFile(pathOf(name));
    contentByEtag.set(createHash('md5').update(bytes).digest('hex'), contentOf(source));
  }
  return { pathOf, contentByEtag };
}

async function make(path: string, { video, audio, text }: Source, seconds: number): Promise<void> {
  if (text !== undefined) return await writeFile(path, text);
  const inputs = [video, audio].filter((graph) => graph !== undefined);
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-y'],
    ...inputs.flatMap((graph) => ['-f', 'lavfi', '-i', graph]),
    // Key frames are so close that a unit may be as short as one segment.
    ...(video === undefined
      ? []
      : ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '15']),
    ...['-t', String(seconds)],
    path,
  ]);
}

function contentOf({ video, text }: Source): SourceContent {
  if (text !== undefined) return 'text';
  return video === undefined ? 'audio' : 'video';
}

function namesOf(content: SourceContent): string[] {
  return Object.entries(sources).flatMap(([name, source]) => (contentOf(source) === content ? [name] : []));
}
