import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What an upload is, and so what has to become of it: text is refused, everything else is published. */
export type SourceKind = 'video' | 'audio' | 'text';

interface Source {
  readonly video?: string;
  readonly audio?: string;
  readonly text?: string;
}

/** Files of about a second, small enough that dying is what takes the time. */
const sources: Readonly<Record<string, Source>> = {
  'silent.mp4': { video: 'testsrc2=size=160x120:rate=25:duration=1' },
  'wide.mp4': { video: 'testsrc2=size=320x180:rate=25:duration=1', audio: 'sine=frequency=330:duration=1' },
  'upright.mov': {
    video: 'testsrc2=size=180x240:rate=30:duration=1',
    audio: 'sine=frequency=440:duration=1',
  },
  'smooth.mkv': { video: 'testsrc2=size=256x144:rate=50:duration=1' },
  'tone.m4a': { audio: 'sine=frequency=550:duration=1' },
  'tone.wav': { audio: 'sine=frequency=660:duration=1' },
  'letter.mp4': { text: 'Dear transcoder, this is a letter, whatever its name says.\n' },
  'list.mp4': { text: 'bread\nbutter\nno video\n' },
};

export const sourceNames: Readonly<Record<SourceKind, readonly string[]>> = {
  video: namesOf('video'),
  audio: namesOf('audio'),
  text: namesOf('text'),
};

export interface SourceFiles {
  readonly pathOf: (name: string) => string;
  /** What a stored object is, by its ETag: all are put in one piece, so it is the MD5 of the bytes. */
  readonly kindByEtag: ReadonlyMap<string, SourceKind>;
}

export async function makeSourceFiles(directory: string): Promise<SourceFiles> {
  const pathOf = (name: string) => join(directory, name);
  await mkdir(directory, { recursive: true });
  const kindByEtag = new Map<string, SourceKind>();
  for (const [name, source] of Object.entries(sources)) {
    await make(pathOf(name), source);
    const bytes = await readFile(pathOf(name));
    kindByEtag.set(createHash('md5').update(bytes).digest('hex'), kindOf(source));
  }
  return { pathOf, kindByEtag };
}

async function make(path: string, { video, audio, text }: Source): Promise<void> {
  if (text !== undefined) return await writeFile(path, text);
  const inputs = [video, audio].filter((graph) => graph !== undefined);
  await promisify(execFile)('ffmpeg', [
    ...['-v', 'error', '-y'],
    ...inputs.flatMap((graph) => ['-f', 'lavfi', '-i', graph]),
    ...(video === undefined ? [] : ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']),
    path,
  ]);
}

function kindOf({ video, text }: Source): SourceKind {
  if (text !== undefined) return 'text';
  return video === undefined ? 'audio' : 'video';
}

function namesOf(kind: SourceKind): string[] {
  return Object.entries(sources).flatMap(([name, source]) => (kindOf(source) === kind ? [name] : []));
}
