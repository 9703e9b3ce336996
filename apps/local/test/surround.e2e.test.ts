import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codecLadderSchema, type JobRecord, mediaPlaylistFileName } from '@fyrestream/events';
import type { Certificate } from '@fyrestream/media';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { toneLevel } from './pipeline/tone-level.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const run = promisify(execFile);

const seconds = 4;
/** A tone for each channel; the LFE has only low ones. */
const tones = { FL: 300, FR: 400, FC: 500, LFE: 60, SL: 700, SR: 800 };
const hertz = Object.values(tones);
const sine = (frequency: number) => `0.1*sin(2*PI*${frequency}*t)`;
const picture = ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${seconds}`];
const sound = (expressions: readonly string[], layout: string) => [
  ...['-f', 'lavfi', '-i', `aevalsrc='${expressions.join('|')}':c=${layout}:d=${seconds}:s=48000`],
];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

const sources = {
  /** As on a disc: English in 5.1, German in stereo. */
  film: {
    file: 'film.mkv',
    make: [
      ...picture,
      ...sound(hertz.map(sine), '5.1(side)'),
      ...sound([sine(300), sine(400)], 'stereo'),
      ...['-map', '0', '-map', '1', '-map', '2', ...h264, '-c:a', 'ac3', '-b:a', '448k'],
      ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=ger'],
    ],
  },
  /** As an editor exports it: a mono track for each channel, in another order. */
  stems: {
    file: 'stems.mov',
    make: [
      ...picture,
      ...(['FC', 'FL', 'FR', 'SL', 'SR', 'LFE'] as const).flatMap((speaker) =>
        sound([sine(tones[speaker])], speaker),
      ),
      ...Array.from({ length: 7 }, (_, index) => ['-map', `${index}`]).flat(),
      ...[...h264, '-c:a', 'pcm_s16le'],
    ],
  },
  /** 7.1 without video: FL FR FC LFE BL BR SL SR. */
  concert: {
    file: 'concert.wav',
    make: sound([300, 400, 500, 60, 900, 1000, 700, 800].map(sine), '7.1'),
  },
};
type Source = keyof typeof sources;

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let jobs: Record<Source, JobRecord>;

beforeAll(async () => {
  directory = createTestDirectory();
  const ladders = [
    codecLadderSchema.parse({
      ...{ codec: 'h264', speed: 'ultrafast' },
      rungs: [{ shortEdgePixels: 144, constantRateFactor: 30, maximumBitrateBitsPerSecond: 300_000 }],
    }),
  ];
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: { ...testTopology(), profiles: { default: { ladders, audio: { surround: 'keep' } } } },
  });
  pipeline = openPipelineClient(cloud.connection);
  const settled = Object.entries(sources).map(async ([name, { file, make }]) => {
    const path = join(directory, file);
    await run('ffmpeg', ['-v', 'error', '-y', ...make, path]);
    const job = await pipeline.settled((await pipeline.upload(`videos/${file}`, path)).jobId);
    expect(job, `${name}: ${job.reason?.message}`).toMatchObject({ status: 'succeeded' });
    await pipeline.fetchOutputs(job, directory);
    return [name, job] as const;
  });
  jobs = Object.fromEntries(await Promise.all(settled)) as Record<Source, JobRecord>;
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

const folderOf = (source: Source) => join(directory, jobs[source].outputs?.prefix ?? '');
const read = (source: Source, file: string) => readFile(join(folderOf(source), file), 'utf8');

/** The level of each tone in each channel of a track, decoded by ffmpeg. */
async function levelsOf(source: Source, trackId: string, channels: number, wanted = hertz) {
  const argv = ['-v', 'error', '-i', join(folderOf(source), trackId, mediaPlaylistFileName)];
  const { stdout } = await run('ffmpeg', [...argv, '-f', 'f32le', '-c:a', 'pcm_f32le', '-'], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  });
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.byteLength / 4);
  return Array.from({ length: channels }, (_, channel) => {
    const own = samples.filter((_sample, index) => index % channels === channel);
    return wanted.map((frequency) => toneLevel(own, frequency, 48_000));
  });
}

describe.each(['film', 'stems'] as const)('the channels of 5.1 (%s)', (source) => {
  it('come out at their places: FL FR FC LFE SL SR', async () => {
    const levels = await levelsOf(source, 'audio-1-surround', 6);
    for (const [channel, found] of levels.entries()) {
      const own = found[channel] ?? 0;
      const others = found.filter((_, index) => index !== channel);
      expect(own, Object.keys(tones)[channel]).toBeGreaterThan(0.01);
      expect(Math.max(...others) / own, Object.keys(tones)[channel]).toBeLessThan(0.03);
    }
    // One gain for all of them.
    const [fl = 0, ...rest] = levels.map((found, channel) => found[channel] ?? 0);
    for (const level of rest) expect(level / fl).toBeCloseTo(1, 0.5);
  });
});

it('has both surround pairs of 7.1, each on its side', async () => {
  const levels = await levelsOf('concert', 'audio-1-surround', 6, [700, 900, 800, 1000]);
  const has = levels.map((found) => found.map((level) => level > 0.005));
  expect(has.slice(0, 4).flat()).not.toContain(true);
  expect(has.slice(4)).toEqual([
    [true, true, false, false],
    [false, false, true, true],
  ]);
});

it('is as loud as its stereo, by the certificate and by ffmpeg', async () => {
  const certificate: Certificate = JSON.parse(await read('film', 'certificate.json'));
  expect(certificate.loudness.map(({ trackId }) => trackId)).toEqual([
    ...['audio-1', 'audio-2', 'audio-1-surround'],
  ]);
  for (const { trackId, published } of certificate.loudness) {
    const path = join(folderOf('film'), trackId, mediaPlaylistFileName);
    const argv = ['-nostdin', '-hide_banner', '-nostats', '-i', path, '-af', 'ebur128=peak=true'];
    const { stderr } = await run('ffmpeg', [...argv, '-f', 'null', '-']);
    const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
    const lufs = Number(/I:\s+(\S+) LUFS/.exec(summary)?.[1]);
    const peak = Number(/Peak:\s+(\S+) dBFS/.exec(summary)?.[1]);
    expect(Math.abs(lufs + 16), `${trackId}: ${lufs} LUFS`).toBeLessThanOrEqual(0.5);
    expect(peak).toBeLessThanOrEqual(-1);
    expect(published.integratedLufs).toBeCloseTo(lufs, 0);
    expect(published.truePeakDbtp).toBeCloseTo(peak, 0);
  }
  const checked = certificate.checks.filter(({ subject }) => subject === 'audio-1-surround');
  expect(checked.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['sound-lag-seconds', 'sound-length-differs-seconds', 'loudness-differs-lu']),
  );
  // One stream of the source is assessed once, though two tracks are made of it.
  expect(certificate.source.content.streams.map(({ streamIndex }) => streamIndex)).toEqual([0, 1, 2]);
});

it('plays by HLS and DASH with six channels, and with two where nothing else is chosen', async () => {
  const channelsIn = async (file: string) => {
    const argv = ['-v', 'error', '-show_entries', 'stream=index,codec_name,channels', '-select_streams', 'a'];
    const { stdout } = await run('ffprobe', [...argv, '-of', 'json', join(folderOf('film'), file)]);
    const { streams } = JSON.parse(stdout) as { streams: { codec_name: string; channels: number }[] };
    return streams.map(({ codec_name, channels }) => `${codec_name} ${channels}`);
  };
  expect(new Set(await channelsIn('master.m3u8'))).toEqual(new Set(['aac 2', 'aac 6']));
  expect((await channelsIn('master.m3u8'))[0]).toBe('aac 2');
  const master = await read('film', 'master.m3u8');
  expect(master).toMatch(
    /GROUP-ID="audio-surround",NAME="English",LANGUAGE="en",.*CHANNELS="6",URI="audio-1-surround/,
  );
  expect(master.match(/^#EXT-X-STREAM-INF.*AUDIO="[^"]+"/gm)?.map((line) => line.split('AUDIO=')[1])).toEqual(
    [...['"audio"', '"audio-surround"']],
  );
  expect(await channelsIn('manifest.mpd')).toEqual(['aac 2', 'aac 2', 'aac 6']);
});

it('is in no file for download: those have stereo', async () => {
  const channels = async (path: string) => {
    const argv = [
      '-v',
      'error',
      '-select_streams',
      'a',
      '-show_entries',
      'stream=channels',
      '-of',
      'csv=p=0',
    ];
    return (await run('ffprobe', [...argv, path])).stdout.trim();
  };
  expect(await channels(join(folderOf('film'), 'h264-144.mp4'))).toBe('2');
  const { renditions } = jobs.concert.outputs ?? { renditions: [] };
  expect(renditions.map(({ name, fileKey }) => [name, fileKey !== null])).toEqual([
    ['audio-1', true],
    ['audio-1-surround', false],
  ]);
  expect(await channels(join(folderOf('concert'), 'audio-1.m4a'))).toBe('2');
});
