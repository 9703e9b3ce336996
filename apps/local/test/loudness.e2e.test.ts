import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { mediaPlaylistFileName } from '@fyrestream/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const run = promisify(execFile);

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
  pipeline = openPipelineClient(cloud.connection);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
/** Noise in syllables, as loud as the amplitude. */
const syllables = (amplitude: number, seconds = 8, seed = 1) =>
  `anoisesrc=color=pink:amplitude=${amplitude}:duration=${seconds}:seed=${seed},tremolo=f=3:d=0.9`;
const tone = (volume: number, hertz = 440, seconds = 8) =>
  `aevalsrc='${volume}*sin(2*PI*${hertz}*t)':d=${seconds}`;
/** Chords and drums into a hard limit. */
const music =
  "aevalsrc='min(0.99\\,max(-0.99\\,3*(0.4*sin(2*PI*220*t)+0.3*sin(2*PI*277*t)+exp(-20*mod(t\\,0.5))*sin(2*PI*60*mod(t\\,0.5)))))':d=8";
/** Talk at -36 LUFS, and explosions at full scale. */
const film =
  "aevalsrc='0.05*sin(2*PI*300*t)*abs(sin(9*t))+if(between(mod(t\\,4)\\,2\\,2.4)\\,0.9*exp(-8*(mod(t\\,4)-2))*sin(2*PI*90*t)\\,0)':d=12";
const picture = lavfi('testsrc2=size=320x180:rate=25:duration=8');

interface Sound {
  readonly name: string;
  readonly file: string;
  readonly make: readonly string[];
  readonly tracks?: number;
  readonly isLimited?: boolean;
}

const sounds: readonly Sound[] = [
  { name: 'quiet speech', file: 'quiet.wav', make: lavfi(syllables(0.05)) },
  { name: 'clipped music', file: 'music.wav', make: [...lavfi(music), '-ac', '2'] },
  { name: 'a sine', file: 'sine.flac', make: lavfi(tone(0.02)) },
  { name: 'mono', file: 'mono.m4a', make: [...lavfi(syllables(0.2)), '-ac', '1'] },
  {
    name: 'stereo with one side only',
    file: 'side.wav',
    make: [...lavfi(syllables(0.2)), '-af', 'pan=stereo|c0=c0'],
  },
  {
    name: '5.1',
    file: 'surround.mkv',
    make: [
      ...lavfi(syllables(0.1)),
      ...['-af', 'pan=5.1|FL=0.3*c0|FR=0.3*c0|FC=c0|LFE=c0|BL=0.1*c0|BR=0.1*c0', '-c:a', 'ac3'],
    ],
  },
  {
    name: 'music after a long silence',
    file: 'late-music.wav',
    make: [...lavfi(music), '-af', 'adelay=20000:all=1,volume=-20dB', '-ac', '2'],
  },
  { name: 'sound at 8 kHz', file: 'telephone.wav', make: [...lavfi(syllables(0.2)), '-ar', '8000'] },
  {
    name: 'three tracks, each with its own gain',
    file: 'languages.mkv',
    make: [
      ...picture,
      ...lavfi(syllables(0.05)),
      ...lavfi(music),
      ...lavfi(tone(0.3)),
      ...['-map', '0:v', '-map', '1:a', '-map', '2:a', '-map', '3:a', '-shortest'],
      ...[
        '-metadata:s:a:0',
        'language=eng',
        '-metadata:s:a:1',
        'language=deu',
        '-metadata:s:a:2',
        'language=fra',
      ],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-ac', '2', '-c:a', 'flac'],
    ],
    tracks: 3,
  },
  {
    name: 'sound that starts two seconds after the picture',
    file: 'late.mkv',
    make: [
      ...picture,
      ...['-itsoffset', '2', ...lavfi(syllables(0.04, 6))],
      ...['-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
    ],
  },
  { name: 'quiet talk with explosions', file: 'film.wav', make: lavfi(film), isLimited: true },
  {
    name: 'white noise, of which the encoder keeps a part',
    file: 'white.wav',
    make: lavfi('anoisesrc=color=white:amplitude=0.05:duration=8:seed=5'),
  },
];

describe('publishes at -16 LUFS, with true peaks of at most -1 dBTP', () => {
  it.each(sounds)('$name', async ({ file, make, tracks = 1, isLimited = false }) => {
    const { folder, certificate } = await publish(file, make);
    expect(certificate.loudness).toHaveLength(tracks);
    for (const { trackId, source, ceilingDbtp, gainDb, published } of certificate.loudness) {
      const measured = await measure(join(folder, trackId, mediaPlaylistFileName));
      expect(Math.abs(measured.lufs + 16), `${measured.lufs} LUFS`).toBeLessThanOrEqual(0.5);
      expect(measured.peak).toBeLessThanOrEqual(-1);
      expect(published.integratedLufs).toBeCloseTo(measured.lufs, 0);
      expect(published.truePeakDbtp).toBeCloseTo(measured.peak, 0);
      // What the source measures is independent of what is done: a gain moves it, and a limiter only takes away.
      if (ceilingDbtp === null) expect(source.integratedLufs + gainDb).toBeGreaterThan(-16.4);
      if (isLimited) expect(ceilingDbtp).not.toBeNull();
      expect(certificate.checks).toContainEqual(
        expect.objectContaining({ name: 'loudness-differs-lu', subject: trackId, passed: true }),
      );
      expect(certificate.checks).toContainEqual(
        expect.objectContaining({ name: 'true-peak-dbtp', subject: trackId, bound: 'at most -0.95' }),
      );
    }
  });
});

describe('does not amplify', () => {
  it.each([
    ['silence', 'silence.wav', lavfi('anullsrc=duration=4'), /silence/],
    ['the noise of a microphone', 'noise.wav', lavfi(syllables(0.01)), /taken for noise/],
    ['a sound that is too short to have a loudness', 'beep.wav', lavfi(tone(0.05, 440, 0.3)), /too short/],
  ])('%s', async (_name, file, make, why) => {
    const { folder, certificate } = await publish(file, make);
    const before = await measure(join(directory, file), 'aresample=48000,aformat=channel_layouts=stereo');
    const after = await measure(join(folder, 'audio-1', mediaPlaylistFileName));
    expect(certificate.loudness).toMatchObject([{ gainDb: 0, aim: null, why: expect.stringMatching(why) }]);
    // Mono to both sides is 3 dB more.
    if (Number.isFinite(before.peak)) expect(Math.abs(after.peak - before.peak)).toBeLessThan(4);
    else expect(after.peak).toBe(Number.NEGATIVE_INFINITY);
  });
});

it('keeps mono in the centre, and a single side on its side', async () => {
  const sides = async (path: string) => {
    const argv = ['-nostdin', '-hide_banner', '-nostats', '-i', path, '-af', 'astats=measure_overall=none'];
    const { stderr } = await run('ffmpeg', [...argv, '-f', 'null', '-']);
    return [...stderr.matchAll(/RMS level dB: (\S+)/g)].map(([, level]) => decibels(level));
  };
  const mono = await publish('again.wav', [...lavfi(syllables(0.1)), '-ac', '1']);
  const [left = 0, right = 0] = await sides(join(mono.folder, 'audio-1', mediaPlaylistFileName));
  expect(Math.abs(left - right)).toBeLessThan(0.1);
  const single = await publish('left.wav', [...lavfi(syllables(0.1)), '-af', 'pan=stereo|c0=c0']);
  const [own = 0, other = 0] = await sides(join(single.folder, 'audio-1', mediaPlaylistFileName));
  expect(own - other).toBeGreaterThan(40);
});

it('makes the same bytes when another worker repeats it', async () => {
  const hashes = async (file: string) => {
    const { certificate } = await publish(file, lavfi(film));
    const segments = certificate.files.filter(({ path }) => path.endsWith('.m4s'));
    return segments.map(({ path, sha256 }) => `${path} ${sha256}`);
  };
  const first = await hashes('first.wav');
  expect(first).not.toEqual([]);
  expect(await hashes('second.wav')).toEqual(first);
});

interface CertifiedLoudness {
  readonly trackId: string;
  readonly source: { readonly integratedLufs: number };
  readonly gainDb: number;
  readonly ceilingDbtp: number | null;
  readonly published: { readonly integratedLufs: number; readonly truePeakDbtp: number };
}

async function publish(file: string, make: readonly string[]) {
  const path = join(directory, file);
  await run('ffmpeg', ['-v', 'error', '-y', ...make, path]);
  const { jobId } = await pipeline.upload(`videos/${basename(file)}`, path);
  const job = await pipeline.settled(jobId);
  expect(job, `${job.reason?.message}`).toMatchObject({ status: 'succeeded' });
  await pipeline.fetchOutputs(job, directory);
  const folder = join(directory, job.outputs?.prefix ?? '');
  const certificate: {
    readonly loudness: readonly CertifiedLoudness[];
    readonly checks: readonly { readonly name: string }[];
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
  } = JSON.parse(await readFile(join(folder, 'certificate.json'), 'utf8'));
  return { folder, certificate };
}

/** By the summary of ffmpeg, not by the values that the worker reads. */
async function measure(path: string, filters = 'anull'): Promise<{ lufs: number; peak: number }> {
  const argv = ['-nostdin', '-hide_banner', '-nostats', '-i', path];
  const { stderr } = await run('ffmpeg', [
    ...argv,
    ...['-map', '0:a:0', '-af', `${filters},ebur128=peak=true:framelog=verbose`, '-f', 'null', '-'],
  ]);
  const value = (pattern: RegExp) => {
    const text = pattern.exec(stderr.slice(stderr.lastIndexOf('Summary:')))?.[1];
    return decibels(text);
  };
  return { lufs: value(/I:\s+(\S+) LUFS/), peak: value(/Peak:\s+(\S+) dBFS/) };
}

function decibels(text: string | undefined): number {
  return text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
}
