import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  codecLadderSchema,
  type JobRecord,
  jobEventSchema,
  jobIdOf,
  type Profiles,
} from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDataLayout } from '../src/data-directory/data-layout.ts';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const ladders = (shortEdgePixels: number) => [
  codecLadderSchema.parse({
    ...{ codec: 'h264', speed: 'ultrafast' },
    rungs: [{ shortEdgePixels, constantRateFactor: 30, maximumBitrateBitsPerSecond: 300_000 }],
  }),
];
const profiles: Profiles = {
  default: { ladders: ladders(160) },
  small: { ladders: ladders(144) },
  tiny: { ladders: ladders(120), priority: 'bulk' },
  least: { ladders: ladders(96), audio: { bitrateBitsPerSecond: 64_000 } },
};

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let s3: S3Client;
let clip: Buffer;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: { ...testTopology(), profiles, profileRules: [{ pattern: 'clips/*', profile: 'least' }] },
  });
  pipeline = openPipelineClient(cloud.connection);
  const { region, credentials, s3Url } = cloud.connection;
  s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  clip = await readFile(await makeClip(join(directory, 'clip.mp4'), { size: '320x180', seconds: 2 }));
});
afterAll(async () => {
  s3?.destroy();
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

/** Puts an object as any client of S3 does. @returns the id of its job */
async function put(
  key: string,
  body: Buffer | string,
  metadata: Record<string, string> = {},
): Promise<string> {
  const bucket = pipeline.sourceBucket;
  const stored = await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata }),
  );
  const etag = stored.ETag?.replaceAll('"', '') ?? '';
  return jobIdOf({ bucket, key, versionId: stored.VersionId ?? null, etag });
}

async function jobOf(key: string, metadata: Record<string, string> = {}): Promise<JobRecord> {
  return pipeline.settled(await put(key, clip, metadata));
}

const rungsOf = ({ outputs }: JobRecord) =>
  outputs?.renditions.filter(({ kind }) => kind === 'video').map(({ name }) => name);

async function readOutput(key: string): Promise<string> {
  return pipeline.store.readText({ bucket: pipeline.outputBucket, key });
}

async function eventsOf(jobId: string) {
  const lines = (await readFile(createDataLayout(cloud.connection.dataDirectory).eventsFile, 'utf8')).trim();
  return lines
    .split('\n')
    .map((line) => jobEventSchema.parse(JSON.parse(line).detail))
    .filter((event) => event.jobId === jobId);
}

it('uploads that choose by metadata, sidecar and rule have the rungs of their profiles', async () => {
  const options = {
    label: 'order 4711',
    title: 'Größe "1"',
    posterSeconds: 1,
    audio: [{ language: 'de', name: 'Ton' }],
  };
  const beside = { profile: 'tiny', options: { label: 'beside' } };
  await put('videos/beside.mp4.fyrestream.json', JSON.stringify(beside));
  const [named, besides, ruled, plain] = await Promise.all([
    jobOf('videos/named.mp4', {
      'fyrestream-profile': 'small',
      'fyrestream-options': JSON.stringify(options).replace('ö', '\\u00f6').replace('ß', '\\u00df'),
    }),
    jobOf('videos/beside.mp4'),
    jobOf('videos/clips/ruled.mp4'),
    jobOf('videos/plain.mp4'),
  ]);
  expect([named, besides, ruled, plain].map(({ making, status }) => [status, making])).toEqual([
    ['succeeded', { profile: 'small', options, from: 'metadata' }],
    ['succeeded', { ...beside, from: 'sidecar', priority: 'bulk' }],
    ['succeeded', { profile: 'least', options: {}, from: 'rule' }],
    ['succeeded', { profile: 'default', options: {}, from: 'default' }],
  ]);
  expect([named, besides, ruled, plain].map(rungsOf)).toEqual([
    ['h264-144'],
    ['h264-120'],
    ['h264-96'],
    ['h264-160'],
  ]);
  const labels = (await eventsOf(named.jobId)).map(({ kind, label }) => [kind, label]);
  expect(labels).toEqual(
    expect.arrayContaining([
      ['job-queued', undefined],
      ['job-started', 'order 4711'],
      ['job-succeeded', 'order 4711'],
    ]),
  );

  const master = await readOutput('outputs/named.mp4/master.m3u8');
  expect(master).toContain('DATA-ID="com.apple.hls.title",VALUE="Größe ”1”"');
  expect(master).toMatch(/TYPE=AUDIO,.*NAME="Ton",LANGUAGE="de"/);
  expect(await readOutput('outputs/named.mp4/manifest.mpd')).toMatch(
    /<Title>Größe ("|&quot;)1("|&quot;)<\/Title>/,
  );
  const fileKey = named.outputs?.renditions.find(({ kind }) => kind === 'video')?.fileKey ?? '';
  const path = join(directory, 'named.mp4');
  await pipeline.store.download({ bucket: pipeline.outputBucket, key: fileKey }, path);
  const probe = ['-v', 'error', '-show_entries', 'format_tags=title', '-of', 'default=nw=1:nk=1', path];
  expect((await promisify(execFile)('ffprobe', probe)).stdout.trim()).toBe('Größe "1"');
});

it('an unknown profile, an invalid option and one that does not fit fail with the field named, and encode nothing', async () => {
  const unknown = await jobOf('videos/unknown.mp4', { 'fyrestream-profile': 'smal' });
  expect(unknown).toMatchObject({
    status: 'failed',
    reason: {
      code: 'profile-unknown',
      message: expect.stringContaining('no profile smal, but default, small'),
    },
  });
  const invalid = await jobOf('videos/invalid.mp4', { 'fyrestream-options': '{"posterSecond":1}' });
  expect(invalid).toMatchObject({
    status: 'failed',
    reason: { code: 'options-invalid', message: expect.stringContaining('options.posterSecond') },
  });
  for (const { jobId } of [unknown, invalid]) expect(await pipeline.tasksOf(jobId)).toEqual([]);
  const late = await jobOf('videos/late.mp4', { 'fyrestream-options': '{"posterSeconds":99}' });
  expect(late).toMatchObject({
    status: 'failed',
    reason: { code: 'options-invalid', message: expect.stringContaining('options.posterSeconds is 99') },
  });
  expect((await pipeline.ledger.listUnits(late.jobId)).map(({ unitId }) => unitId)).toEqual(['plan']);
});

it('a retry takes up a sidecar that was mended', async () => {
  const sidecar = 'videos/mended.mp4.fyrestream.json';
  await put(sidecar, '{"profile": "tiny"');
  const { jobId, status, reason } = await jobOf('videos/mended.mp4');
  expect([status, reason?.code]).toEqual(['failed', 'options-invalid']);
  await put(sidecar, '{"profile": "tiny"}');
  await pipeline.ledger.advance(jobId, { kind: 'retried' });
  await pipeline.send('control', JSON.stringify({ kind: 'job-due', jobId }));
  const job = await eventually(async () => {
    const now = await pipeline.ledger.readJob(jobId);
    return now?.status === 'succeeded' ? now : undefined;
  });
  expect([rungsOf(job), job.making?.from]).toEqual([['h264-120'], 'sidecar']);
});
