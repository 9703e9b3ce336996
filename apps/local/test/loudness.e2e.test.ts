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
let sounds: Published;
let late: Published;
let lateMusic: Published;
let film: Published;
let filmAgain: Published;

// Few uploads, side by side: most of the time of a job of audio is not the audio.
beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
  pipeline = openPipelineClient(cloud.connection);
  [sounds, late, lateMusic, film, filmAgain] = await Promise.all([
    publish('sounds.mkv', makeTracks),
    publish('late.mkv', makeLateSound),
    publish('late-music.wav', [...lavfi(music), '-af', 'adelay=12000:all=1,volume=-20dB', '-ac', '2']),
    publish('film.wav', makeFilm),
    publish('again.wav', makeFilm),
  ]);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

const lavfi = (source: string) => ['-f', 'lavfi', '-i', source];
/** Noise in syllables, as loud as the amplitude. */
const syllables = (amplitude: number) =>
  `anoisesrc=color=pink:amplitude=${amplitude}:duration=5:seed=1,tremolo=f=3:d=0.9`;
const tone = (volume: number, seconds = 5) => `aevalsrc='${volume}*sin(2*PI*440*t)':d=${seconds}`;
/** Chords and drums into a hard limit. */
const music =
  "aevalsrc='min(0.99\\,max(-0.99\\,3*(0.4*sin(2*PI*220*t)+0.3*sin(2*PI*277*t)+exp(-20*mod(t\\,0.5))*sin(2*PI*60*mod(t\\,0.5)))))':d=5";
/** Talk at -36 LUFS, and explosions at full scale. */
const makeFilm = lavfi(
  "aevalsrc='0.05*sin(2*PI*300*t)*abs(sin(9*t))+if(between(mod(t\\,4)\\,2\\,2.4)\\,0.9*exp(-8*(mod(t\\,4)-2))*sin(2*PI*90*t)\\,0)':d=12",
);
const makeLateSound = [
  ...lavfi('testsrc2=size=320x180:rate=25:duration=6'),
  ...['-itsoffset', '2', ...lavfi(`${syllables(0.04)},atrim=end=4`)],
  ...['-map', '0:v', '-map', '1:a', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
];

interface Sound {
  readonly source: string;
  readonly filter?: string;
  readonly codec?: string;
}

/** The tracks of one file, in this order. */
const tracks = {
  'quiet speech': { source: syllables(0.05) },
  'clipped music': { source: `${music},aformat=channel_layouts=stereo` },
  'a sine': { source: tone(0.02) },
  mono: { source: syllables(0.2), codec: 'aac' },
  'stereo with one side only': { source: syllables(0.2), filter: 'pan=stereo|c0=c0', codec: 'pcm_s16le' },
  '5.1': {
    source: syllables(0.1),
    filter: 'pan=5.1|FL=0.3*c0|FR=0.3*c0|FC=c0|LFE=c0|BL=0.1*c0|BR=0.1*c0',
    codec: 'ac3',
  },
  'sound at 8 kHz': { source: `${syllables(0.2)},aresample=8000` },
  'white noise, of which the encoder keeps a part': {
    source: 'anoisesrc=color=white:amplitude=0.05:duration=5:seed=5',
  },
  silence: { source: 'anullsrc=duration=5' },
  'the noise of a microphone': { source: syllables(0.01) },
  'a sound that is too short to have a loudness': { source: tone(0.05, 0.3) },
} satisfies Record<string, Sound>;

const soundsOfTracks: readonly Sound[] = Object.values(tracks);
const indexOf = (name: keyof typeof tracks) => Object.keys(tracks).indexOf(name);
const makeTracks = [
  ...soundsOfTracks.flatMap(({ source }) => lavfi(source)),
  ...soundsOfTracks.flatMap(({ filter = 'anull', codec = 'flac' }, index) => [
    ...['-map', `${index}:a`, `-filter:a:${index}`, filter, `-c:a:${index}`, codec],
  ]),
];

describe('publishes at -16 LUFS, with true peaks of at most -1 dBTP', () => {
  it.each([
    'quiet speech',
    'clipped music',
    'a sine',
    'mono',
    'stereo with one side only',
    '5.1',
    'sound at 8 kHz',
    'white noise, of which the encoder keeps a part',
  ] as const)('%s', async (name) => {
    await expectLoudness(sounds, indexOf(name));
  });

  it('music after a long silence', () => expectLoudness(lateMusic));
  it('sound that starts two seconds after the picture', () => expectLoudness(late));

  it('quiet talk with explosions', async () => {
    await expectLoudness(film);
    expect(film.certificate.loudness[0]?.ceilingDbtp).not.toBeNull();
  });

  it('several tracks, each with its own gain', () => {
    const { loudness } = sounds.certificate;
    expect(loudness).toHaveLength(soundsOfTracks.length);
    const gainOf = (name: keyof typeof tracks) => loudness[indexOf(name)]?.gainDb;
    expect(gainOf('clipped music')).toBeLessThan(0);
    expect(gainOf('quiet speech')).toBeGreaterThan(gainOf('mono') ?? Number.NaN);
  });
});

describe('does not amplify', () => {
  it.each([
    ['silence', /silence/],
    ['the noise of a microphone', /taken for noise/],
    ['a sound that is too short to have a loudness', /too short/],
  ] as const)('%s', async (name, why) => {
    const index = indexOf(name);
    const toStereo = 'aresample=48000,aformat=channel_layouts=stereo';
    const before = await measure(join(directory, 'sounds.mkv'), { stream: index, filters: toStereo });
    const after = await measure(playlistOf(sounds, index));
    expect(sounds.certificate.loudness[index]).toMatchObject({
      ...{ gainDb: 0, aim: null, why: expect.stringMatching(why) },
    });
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
  const [left = 0, right = 0] = await sides(playlistOf(sounds, indexOf('mono')));
  expect(Math.abs(left - right)).toBeLessThan(0.1);
  const [own = 0, other = 0] = await sides(playlistOf(sounds, indexOf('stereo with one side only')));
  expect(own - other).toBeGreaterThan(40);
});

it('makes the same bytes when another worker repeats it', () => {
  const hashes = ({ certificate }: Published) => {
    const segments = certificate.files.filter(({ path }) => path.endsWith('.m4s'));
    return segments.map(({ path, sha256 }) => `${path} ${sha256}`);
  };
  expect(hashes(film)).not.toEqual([]);
  expect(hashes(filmAgain)).toEqual(hashes(film));
});

/** Of one track, by what is measured of the published file, not by the certificate alone. */
async function expectLoudness(file: Published, track = 0): Promise<void> {
  const { certificate } = file;
  const { trackId, source, ceilingDbtp, gainDb, published } =
    certificate.loudness[track] ?? expect.unreachable(`there is no track ${track}`);
  const measured = await measure(playlistOf(file, track));
  expect(Math.abs(measured.lufs + 16), `${measured.lufs} LUFS`).toBeLessThanOrEqual(0.5);
  expect(measured.peak).toBeLessThanOrEqual(-1);
  expect(published.integratedLufs).toBeCloseTo(measured.lufs, 0);
  expect(published.truePeakDbtp).toBeCloseTo(measured.peak, 0);
  // What the source measures is independent of what is done: a gain moves it, and a limiter only takes away.
  if (ceilingDbtp === null) expect(source.integratedLufs + gainDb).toBeGreaterThan(-16.4);
  expect(certificate.checks).toContainEqual(
    expect.objectContaining({ name: 'loudness-differs-lu', subject: trackId, passed: true }),
  );
  expect(certificate.checks).toContainEqual(
    expect.objectContaining({ name: 'true-peak-dbtp', subject: trackId, bound: 'at most -0.95' }),
  );
}

const playlistOf = ({ folder }: Published, track: number) =>
  join(folder, `audio-${track + 1}`, mediaPlaylistFileName);

interface CertifiedLoudness {
  readonly trackId: string;
  readonly source: { readonly integratedLufs: number };
  readonly gainDb: number;
  readonly ceilingDbtp: number | null;
  readonly published: { readonly integratedLufs: number; readonly truePeakDbtp: number };
}

interface Published {
  readonly folder: string;
  readonly certificate: {
    readonly loudness: readonly CertifiedLoudness[];
    readonly checks: readonly { readonly name: string }[];
    readonly files: readonly { readonly path: string; readonly sha256: string }[];
  };
}

async function publish(file: string, make: readonly string[]): Promise<Published> {
  const path = join(directory, file);
  await run('ffmpeg', ['-v', 'error', '-y', ...make, path]);
  const { jobId } = await pipeline.upload(`videos/${basename(file)}`, path);
  const job = await pipeline.settled(jobId);
  expect(job, `${job.reason?.message}`).toMatchObject({ status: 'succeeded' });
  await pipeline.fetchOutputs(job, directory);
  const folder = join(directory, job.outputs?.prefix ?? '');
  return { folder, certificate: JSON.parse(await readFile(join(folder, 'certificate.json'), 'utf8')) };
}

/** By the summary of ffmpeg, not by the values that the worker reads. */
async function measure(path: string, { stream = 0, filters = 'anull' } = {}): Promise<Measured> {
  const argv = ['-nostdin', '-hide_banner', '-nostats', '-i', path];
  const { stderr } = await run('ffmpeg', [
    ...argv,
    ...['-map', `0:a:${stream}`, '-af', `${filters},ebur128=peak=true:framelog=verbose`, '-f', 'null', '-'],
  ]);
  const value = (pattern: RegExp) => {
    const text = pattern.exec(stderr.slice(stderr.lastIndexOf('Summary:')))?.[1];
    return decibels(text);
  };
  return { lufs: value(/I:\s+(\S+) LUFS/), peak: value(/Peak:\s+(\S+) dBFS/) };
}

interface Measured {
  readonly lufs: number;
  readonly peak: number;
}

function decibels(text: string | undefined): number {
  return text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text);
}
