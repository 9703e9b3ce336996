import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createClient, resultOf } from '@fyrestream/client';
import { codecLadderSchema, type JobRecord, jobIdOf, type Profiles, stableKey } from '@fyrestream/events';
import { verifyPublished } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const profiles: Profiles = {
  default: {
    ladders: [
      codecLadderSchema.parse({
        ...{ codec: 'h264', speed: 'ultrafast' },
        rungs: [{ shortEdgePixels: 160, constantRateFactor: 30, maximumBitrateBitsPerSecond: 300_000 }],
      }),
    ],
  },
  everything: {},
  hls: { outputs: ['hls'] },
  dash: { outputs: ['dash', 'thumbnails'] },
  mp4: { outputs: ['mp4', 'poster'] },
  preview: { outputs: ['hls', 'preview'] },
};
const segments = [
  ...['audio-1', 'h264-160'].flatMap((track) => [`${track}/init.mp4`, `${track}/segment_00001.m4s`]),
];
const playlists = ['audio-1/index.m3u8', 'h264-160/iframes.m3u8', 'h264-160/index.m3u8', 'master.m3u8'];
const filesOf: Record<string, string[]> = {
  everything: [
    ...[...segments, ...playlists, 'manifest.mpd', 'h264-160.mp4', 'poster.jpg'],
    ...['sprite-1.jpg', 'thumbnails.vtt'],
  ],
  hls: [...segments, ...playlists],
  dash: [...segments, 'manifest.mpd', 'sprite-1.jpg', 'thumbnails.vtt'],
  mp4: ['h264-160.mp4', 'poster.jpg'],
  preview: [...segments, ...playlists, 'preview.webp'],
};
const listed = [
  ...['master.m3u8', 'manifest.mpd', 'h264-160.mp4', 'poster.jpg', 'thumbnails.vtt', 'preview.webp'],
];
const names = Object.keys(filesOf);

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let s3: S3Client;
let clip: Buffer;
const jobs = new Map<string, JobRecord>();

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: { ...testTopology(), profiles },
  });
  pipeline = openPipelineClient(cloud.connection);
  const { region, credentials, s3Url } = cloud.connection;
  s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  clip = await readFile(await makeClip(join(directory, 'clip.mp4')));
  const uploads = names.map(async (name) => [name, await publish(`videos/${name}.mp4`, name)] as const);
  for (const [name, job] of await Promise.all(uploads)) jobs.set(name, job);
});
afterAll(async () => {
  s3?.destroy();
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

async function publish(key: string, profile: string): Promise<JobRecord> {
  const bucket = pipeline.sourceBucket;
  const stored = await s3.send(
    new PutObjectCommand({
      ...{ Bucket: bucket, Key: key, Body: clip },
      Metadata: { 'fyrestream-profile': profile },
    }),
  );
  const etag = stored.ETag?.replaceAll('"', '') ?? '';
  return pipeline.settled(jobIdOf({ bucket, key, versionId: stored.VersionId ?? null, etag }));
}

const jobOf = (name: string) => jobs.get(name) as JobRecord;
const readStable = (name: string, file: 'master.m3u8' | 'manifest.mpd') =>
  pipeline.store.readText({ bucket: pipeline.outputBucket, key: stableKey(`videos/${name}.mp4`, file) });

it.each(names)('stores exactly what the profile %s wants, and the certificate', async (name) => {
  const { status, reason, outputs } = jobOf(name);
  expect({ status, reason }).toEqual({ status: 'succeeded', reason: null });
  const prefix = outputs?.prefix ?? '';
  const stored = (await pipeline.listOutputs(prefix)).map((key) => key.slice(prefix.length));
  expect(stored.toSorted()).toEqual([...(filesOf[name] ?? []), 'certificate.json'].toSorted());
  expect(outputs?.storage?.files).toBe(stored.length);
});

it.each(names)('verifies what it published by the profile %s, from the stored bytes alone', async (name) => {
  const bucket = pipeline.outputBucket;
  const prefix = jobOf(name).outputs?.prefix ?? '';
  const sizes = new Map(
    (await pipeline.store.list(bucket, prefix)).map(({ key, sizeBytes }) => [
      key.slice(prefix.length),
      sizeBytes,
    ]),
  );
  const { passed, certificate } = await verifyPublished({
    sizes: async () => sizes,
    async *stream(path) {
      yield await pipeline.store.readRange({ bucket, key: prefix + path }, 0, (sizes.get(path) ?? 1) - 1);
    },
  });
  expect(passed).toBe(true);
  // Each encode was decoded and compared with what its encoder received.
  const compared = certificate.checks.filter(({ name: check }) => check === 'decode-errors');
  expect(compared.map(({ subject }) => subject)).toContain('h264-160');
});

it.each(names)('lists in the API what the profile %s wants', async (name) => {
  const client = createClient({ baseUrl: cloud.api.url, token: cloud.api.token });
  const { jobId } = jobOf(name);
  const video = await resultOf(client.api.GET('/v1/videos/{jobId}', { params: { path: { jobId } } }));
  const wanted = filesOf[name] ?? [];
  expect({
    'master.m3u8': video.playlist !== null,
    'manifest.mpd': video.manifest !== null,
    'h264-160.mp4': video.files.some(({ path }) => path === 'h264-160.mp4'),
    'poster.jpg': video.poster !== null,
    'thumbnails.vtt': video.thumbnails !== null,
    'preview.webp': video.preview !== null,
  }).toEqual(Object.fromEntries(listed.map((file) => [file, wanted.includes(file)])));
  const { masterKey, manifestKey, posterKey } = jobOf(name).outputs ?? {};
  expect([masterKey !== null, manifestKey !== null, posterKey !== null]).toEqual([
    ...[wanted.includes('master.m3u8'), wanted.includes('manifest.mpd'), wanted.includes('poster.jpg')],
  ]);
});

it('plays nothing of an earlier version by HLS or DASH once the upload is published without them', async () => {
  expect(await readStable('everything', 'master.m3u8')).toContain('#EXT-X-STREAM-INF');
  const { outputs } = await publish('videos/everything.mp4', 'mp4');
  const master = await readStable('everything', 'master.m3u8');
  const manifest = await readStable('everything', 'manifest.mpd');
  expect(master).toBe(`#EXTM3U\n# ${outputs?.prefix} has no HLS.\n`);
  expect(manifest).toContain(`${outputs?.prefix} has no DASH.`);
  expect(manifest).not.toContain('<Representation');
});

it('publishes a preview that moves, repeats for ever and is as long as a short film', async () => {
  const key = `${jobOf('preview').outputs?.prefix}preview.webp`;
  const head = await pipeline.headersOf(key);
  expect(head.contentType).toBe('image/webp');
  const bucket = pipeline.outputBucket;
  const size = (await pipeline.store.head({ bucket, key }))?.sizeBytes ?? 0;
  const webp = Buffer.from(await pipeline.store.readRange({ bucket, key }, 0, size - 1));
  expect(webp.toString('latin1', 0, 4) + webp.toString('latin1', 8, 12)).toBe('RIFFWEBP');
  const chunks = chunksOf(webp);
  const canvas = chunks.find(({ name }) => name === 'VP8X')?.body;
  expect([canvas?.readUIntLE(4, 3), canvas?.readUIntLE(7, 3)]).toEqual([283, 159]);
  // 0 repetitions stand for ever.
  expect(chunks.find(({ name }) => name === 'ANIM')?.body.readUInt16LE(4)).toBe(0);
  const frames = chunks.filter(({ name }) => name === 'ANMF').map(({ body }) => body);
  const milliseconds = frames.reduce((sum, body) => sum + body.readUIntLE(12, 3), 0);
  expect(Math.abs(milliseconds - 3_000)).toBeLessThan(100);
  expect(new Set(frames.map((body) => body.toString('base64', 16))).size).toBe(frames.length);
});

/** The chunks of a RIFF file. Source: RFC 9649, 2.3. */
function chunksOf(webp: Buffer): { name: string; body: Buffer }[] {
  const chunks = [];
  for (let at = 12; at < webp.length; ) {
    const size = webp.readUInt32LE(at + 4);
    chunks.push({ name: webp.toString('latin1', at, at + 4), body: webp.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}
