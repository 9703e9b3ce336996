import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type JobRecord, jobIdOf, mediaPlaylistFileName } from '@fyrestream/events';
import type { Certificate } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCloud, type TestCloud } from './pipeline/open-test-cloud.ts';
import { toneLevel } from './pipeline/tone-level.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';

const run = promisify(execFile);

const filmSeconds = 4;
const toneHertz = { en: 440, de: 880, fr: 1320 };
const sine = (hertz: number, seconds: number) => [
  ...['-f', 'lavfi', '-i', `sine=frequency=${hertz}:sample_rate=44100:duration=${seconds}`],
];

let directory: string;
let test: TestCloud;
let film: Published;
let trimmed: Published;

interface Published {
  readonly job: JobRecord;
  readonly certificate: Certificate;
  readonly folder: string;
}

beforeAll(async () => {
  directory = createTestDirectory();
  test = await openTestCloud();
  const { pipeline } = test;
  const make = async (name: string, argv: readonly string[]) => {
    const path = join(directory, name);
    await run('ffmpeg', ['-v', 'error', '-y', ...argv, path]);
    return path;
  };
  const [path, german, french, short] = await Promise.all([
    make('film.mp4', [
      ...['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${filmSeconds}`],
      ...sine(toneHertz.en, filmSeconds),
      ...[
        '-c:v',
        'libx264',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p',
        '-metadata:s:a:0',
        'language=eng',
      ],
    ]),
    make('german.m4a', sine(toneHertz.de, 2)),
    make('french.wav', sine(toneHertz.fr, 6)),
    make('short.wav', sine(toneHertz.fr, 0.5)),
  ]);
  const headers = { contentType: 'application/octet-stream', cacheControl: 'no-store' };
  for (const [name, bytes] of [
    ['film.mp4.de.m4a', await readFile(german)],
    ['film.fr.wav', await readFile(french)],
    ['film.mp4.it.mp3', Buffer.from('This is not audio.'.repeat(100))],
    ['trimmed.mp4.de.m4a', await readFile(german)],
    ['trimmed.mp4.fr.wav', await readFile(short)],
    ['trimmed.mp4.fyrestream.json', JSON.stringify({ options: { trim: { from: 1, to: 3 } } })],
  ] as const) {
    await pipeline.store.put({ bucket: pipeline.sourceBucket, key: `videos/${name}` }, bytes, headers);
  }
  const publish = async (key: string): Promise<Published> => {
    const job = await pipeline.settled((await pipeline.upload(key, path)).jobId);
    expect(job, `${job.reason?.message}`).toMatchObject({ status: 'succeeded' });
    await pipeline.fetchOutputs(job, directory);
    const folder = join(directory, job.outputs?.prefix ?? '');
    const certificate = JSON.parse(await readFile(join(folder, 'certificate.json'), 'utf8'));
    return { job, certificate, folder };
  };
  [film, trimmed] = await Promise.all([publish('videos/film.mp4'), publish('videos/trimmed.mp4')]);
});
afterAll(async () => {
  await test?.close();
  removeTestDirectory(directory);
});

/** The level of each language's tone in a second of a published track. */
async function levelsAt({ folder }: Published, trackId: string, second: number) {
  const argv = [
    '-v',
    'error',
    '-i',
    join(folder, trackId, mediaPlaylistFileName),
    '-ac',
    '1',
    '-f',
    'f32le',
    '-',
  ];
  const { stdout } = await run('ffmpeg', argv, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 });
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.byteLength / 4);
  const part = samples.slice(second * 48_000, (second + 1) * 48_000);
  const levels = Object.entries(toneHertz).map(([language, hertz]) => [
    language,
    toneLevel(part, hertz, 48_000),
  ]);
  return { levels: Object.fromEntries(levels) as Record<string, number>, seconds: samples.length / 48_000 };
}

it('publishes each audio file as a track in its language, as long as the film', async () => {
  const { certificate, folder } = film;
  expect(certificate.plan.audio.map(({ id, language, isDefault }) => [id, language, isDefault])).toEqual([
    ['audio-1', 'en', true],
    ['audio-2', 'fr', false],
    ['audio-3', 'de', false],
  ]);
  for (const { id, language } of certificate.plan.audio) {
    const { levels, seconds } = await levelsAt(film, id, 1);
    const { [language ?? '']: own = 0, ...others } = levels;
    expect(own).toBeGreaterThan(0.05);
    expect(Math.max(...Object.values(others)) / own).toBeLessThan(0.02);
    expect(Math.abs(seconds - filmSeconds)).toBeLessThan(0.1);
  }
  // The German file ends after 2 s: silence follows.
  expect(Math.max(...Object.values((await levelsAt(film, 'audio-3', 3)).levels))).toBeLessThan(0.001);
  const master = await readFile(join(folder, 'master.m3u8'), 'utf8');
  expect(master.match(/LANGUAGE="\w+"/g)).toEqual(['LANGUAGE="en"', 'LANGUAGE="fr"', 'LANGUAGE="de"']);
});

it('trims each as the film, and leaves out what has no sound in that part', async () => {
  const { job, certificate } = trimmed;
  expect(certificate.plan.audio.map(({ id, language }) => [id, language])).toEqual([
    ['audio-1', 'en'],
    ['audio-2', 'de'],
  ]);
  // Its 2 s of sound end 1 s after the beginning of the trim.
  const { levels, seconds } = await levelsAt(trimmed, 'audio-2', 0);
  expect(levels.de).toBeGreaterThan(0.05);
  expect(Math.max(...Object.values((await levelsAt(trimmed, 'audio-2', 1.02)).levels))).toBeLessThan(0.001);
  expect((await levelsAt(trimmed, 'audio-2', 0.9)).levels.de).toBeGreaterThan((levels.de ?? 0) * 0.05);
  expect(Math.abs(seconds - 2)).toBeLessThan(0.1);
  expect(job.outputs?.leftOut).toContainEqual(
    expect.objectContaining({ why: 'trimmed.mp4.fr.wav: not used: it has no sound in the trimmed video' }),
  );
});

it('normalises and verifies each like the sound of the film', () => {
  const { certificate } = film;
  expect(certificate.loudness.map(({ trackId }) => trackId)).toEqual(['audio-1', 'audio-2', 'audio-3']);
  for (const { published } of certificate.loudness)
    expect(Math.abs((published.integratedLufs ?? 0) + 16)).toBeLessThan(0.5);
  for (const name of ['sound-length-differs-seconds', 'sound-lag-seconds', 'loudness-differs-lu']) {
    const subjects = certificate.checks.filter((check) => check.name === name).map(({ subject }) => subject);
    expect(subjects).toEqual(['audio-1', 'audio-2', 'audio-3']);
  }
  expect(certificate.source.content.streams.map(({ streamIndex }) => streamIndex)).toEqual([0, 1]);
});

it('leaves out a damaged file by name, and says which version of each file was there', async () => {
  const { job, certificate } = film;
  expect(job.outputs?.leftOut).toContainEqual(
    expect.objectContaining({ kind: 'audio', why: expect.stringMatching(/^film\.mp4\.it\.mp3: not used: /) }),
  );
  const { store, sourceBucket } = test.pipeline;
  expect(certificate.plan.audioFiles.map(({ key, source }) => [key, source !== null])).toEqual([
    ['videos/film.fr.wav', true],
    ['videos/film.mp4.de.m4a', true],
    ['videos/film.mp4.it.mp3', false],
  ]);
  for (const { key, versionId, etag } of certificate.plan.audioFiles)
    expect(await store.head({ bucket: sourceBucket, key })).toMatchObject({ versionId, etag });
});

it('makes no job of a file with the whole name of the film, and keeps other audio as an upload', async () => {
  const { ledger, store, sourceBucket: bucket } = test.pipeline;
  const jobOf = async (key: string) => {
    const { versionId = null, etag = '' } = (await store.head({ bucket, key })) ?? {};
    return ledger.readJob(jobIdOf({ bucket, key, versionId, etag }));
  };
  expect(await jobOf('videos/film.mp4.de.m4a')).toBeNull();
  expect(await jobOf('videos/film.fr.wav')).not.toBeNull();
});
