import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createClient, resultOf } from '@fyrestream/client';
import {
  codecLadderSchema,
  encryptionKeyKey,
  type JobRecord,
  jobIdOf,
  keysPrefix,
  outputPrefix,
  type Profiles,
  stableKey,
  versionsPrefix,
  workPrefix,
} from '@fyrestream/events';
import { verifyPublished } from '@fyrestream/media';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { findChromium, howToGetChromium, openBrowser } from './players/open-browser.ts';
import { type KeyServer, serveKeys } from './players/serve-keys.ts';
import { servePlayerPages } from './players/serve-player-pages.ts';
import { servePublished, type WebServer } from './players/serve-published.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const profilesWith = (keyUrl: string): Profiles => ({
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
  encrypted: { encryption: { method: 'AES-128', keyUrl } },
});
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
  // It is the longest, so it has a second segment.
  encrypted: [
    ...segments,
    ...segments.filter((path) => path.endsWith('1.m4s')).map((path) => path.replace('1.m4s', '2.m4s')),
    ...playlists.filter((path) => !path.endsWith('iframes.m3u8')),
    ...['poster.jpg', 'sprite-1.jpg', 'thumbnails.vtt'],
  ],
};
const listed = [
  ...['master.m3u8', 'manifest.mpd', 'h264-160.mp4', 'poster.jpg', 'thumbnails.vtt', 'preview.webp'],
];
const names = Object.keys(filesOf);

const chromiumPath = findChromium();
if (chromiumPath === null) console.warn(`Skipped: playing in a browser ${howToGetChromium}.`);

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let s3: S3Client;
let clip: Buffer;
let longClip: Buffer;
let keys: KeyServer;
let published: WebServer;
const jobs = new Map<string, JobRecord>();

beforeAll(async () => {
  directory = createTestDirectory();
  keys = await serveKeys();
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: { ...testTopology(), profiles: profilesWith(keys.template) },
  });
  pipeline = openPipelineClient(cloud.connection);
  const { region, credentials, s3Url } = cloud.connection;
  s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  keys.connect(cloud.connection, pipeline.outputBucket);
  published = await servePublished(cloud.connection, pipeline.outputBucket);
  clip = await readFile(await makeClip(join(directory, 'clip.mp4')));
  longClip = await readFile(await makeClip(join(directory, 'long.mp4'), { size: '284x160', seconds: 8 }));
  const uploads = names.map(
    async (name) =>
      [name, await publish(`videos/${name}.mp4`, name, name === 'encrypted' ? longClip : clip)] as const,
  );
  for (const [name, job] of await Promise.all(uploads)) jobs.set(name, job);
});
afterAll(async () => {
  await Promise.all([keys?.close(), published?.close()]);
  s3?.destroy();
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

async function publish(key: string, profile: string, body = clip): Promise<JobRecord> {
  const bucket = pipeline.sourceBucket;
  const stored = await s3.send(
    new PutObjectCommand({
      ...{ Bucket: bucket, Key: key, Body: body },
      Metadata: { 'fyrestream-profile': profile },
    }),
  );
  const etag = stored.ETag?.replaceAll('"', '') ?? '';
  return pipeline.settled(jobIdOf({ bucket, key, versionId: stored.VersionId ?? null, etag }));
}

const jobOf = (name: string) => jobs.get(name) as JobRecord;
/** Null where the version is not encrypted. */
async function keyOf({ outputs }: JobRecord): Promise<Uint8Array | null> {
  const address = { bucket: pipeline.outputBucket, key: encryptionKeyKey(outputs?.prefix ?? '') };
  return (await pipeline.store.head(address)) && pipeline.store.readRange(address, 0, 1_000);
}

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
    key: async () => keyOf(jobOf(name)),
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

describe('an encrypted film', () => {
  const masterUrl = () => `${published.url}/${stableKey('videos/encrypted.mp4', 'master.m3u8')}`;
  const read = async (key: string) => {
    const address = { bucket: pipeline.outputBucket, key };
    const { sizeBytes } = (await pipeline.store.head(address)) ?? { sizeBytes: 0 };
    return Buffer.from(await pipeline.store.readRange(address, 0, sizeBytes - 1));
  };
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  it('names its key in every media playlist, and its certificate says so', async () => {
    const { jobId, publication, outputs } = jobOf('encrypted');
    const uri = keys.template.replace('{jobId}', jobId).replace('{token}', String(publication?.token));
    for (const track of ['h264-160', 'audio-1']) {
      const playlist = (await read(`${outputs?.prefix}${track}/index.m3u8`)).toString();
      expect(playlist.split('\n').slice(6, 10)).toEqual([
        '#EXT-X-MAP:URI="init.mp4"',
        `#EXT-X-KEY:METHOD=AES-128,URI="${uri}"`,
        ...[expect.stringMatching(/^#EXTINF:6/), 'segment_00001.m4s'],
      ]);
    }
    const certificate = JSON.parse((await read(`${outputs?.prefix}certificate.json`)).toString());
    expect(certificate.plan.encryption).toEqual({ method: 'AES-128', keyUrl: keys.template });
    expect(certificate.checks).toContainEqual({
      ...{ name: 'encrypted-segments-differ', subject: 'h264-160', measured: 0, bound: '0', passed: true },
    });
  });

  it('is delivered without a clear segment', async () => {
    const work = await pipeline.listOutputs(`${workPrefix}${jobOf('encrypted').jobId}/`);
    const clear = await Promise.all(work.filter((key) => /segment_\d+\.m4s$/.test(key)).map(read));
    // Two of video and two of audio.
    expect(clear).toHaveLength(4);
    const hashes = clear.map(sha256);
    const delivered = [
      ...(await pipeline.listOutputs(`${outputPrefix}encrypted.mp4/`)),
      ...(await pipeline.listOutputs(`${versionsPrefix}${jobOf('encrypted').jobId}/`)),
    ];
    for (const key of delivered) {
      const bytes = await read(key);
      expect(hashes).not.toContain(sha256(bytes));
      // Each fragment of media has such a box.
      expect([key, bytes.includes('moof')]).toEqual([key, false]);
    }
  });

  it('has its key in one object, and nowhere else in all that the cloud wrote', async () => {
    const key = Buffer.from((await keyOf(jobOf('encrypted'))) ?? []);
    expect(key).toHaveLength(16);
    const forms = [key, key.toString('hex'), key.toString('base64'), key.toString('base64url')];
    const entries = await readdir(join(directory, 'data'), { recursive: true, withFileTypes: true });
    const holders: string[] = [];
    for (const entry of entries.filter((one) => one.isFile())) {
      const bytes = await readFile(join(entry.parentPath, entry.name));
      if (forms.some((form) => bytes.includes(form))) holders.push(entry.parentPath);
    }
    expect(holders).toHaveLength(1);
    expect(await pipeline.listOutputs(keysPrefix)).toHaveLength(1);
  });

  it('is played by ffmpeg with the key server, frame by frame what was encoded', async () => {
    const play = (url: string) =>
      promisify(execFile)('ffmpeg', [
        ...['-v', 'error', '-allowed_extensions', 'ALL', '-i', url],
        ...['-map', '0:v', '-map', '0:a', '-f', 'streamhash', '-hash', 'md5', '-'],
      ]);
    const { stdout, stderr } = await play(masterUrl());
    expect(stderr).toBe('');
    const [video, audio] = await Promise.all(
      ['h264-160', 'audio-1'].map(async (track) => {
        const ofTrack = (await pipeline.listOutputs(`${workPrefix}${jobOf('encrypted').jobId}/`)).filter(
          (name) => name.includes(`/${track}/`) && /(init\.mp4|\.m4s)$/.test(name),
        );
        const path = join(directory, `${track}-clear.mp4`);
        await writeFile(path, Buffer.concat(await Promise.all(ofTrack.toSorted().map(read))));
        return path;
      }),
    );
    const clear = await promisify(execFile)('ffmpeg', [
      ...['-v', 'error', '-i', video ?? '', '-i', audio ?? ''],
      ...['-map', '0:v', '-map', '1:a', '-f', 'streamhash', '-hash', 'md5', '-'],
    ]);
    expect(stdout).toBe(clear.stdout);
  });

  it.skipIf(chromiumPath === null)(
    `plays in hls.js with its key, and not without (${howToGetChromium})`,
    async () => {
      const [browser, pages] = await Promise.all([openBrowser(chromiumPath ?? ''), servePlayerPages()]);
      try {
        const watch = async (url: string) => {
          const page = await browser.newPage();
          await page.goto(`${pages.url}/player.html`);
          const outcome = await page.evaluate(`playToEnd(${JSON.stringify({ url })})`);
          await page.close();
          return outcome;
        };
        expect(await watch(masterUrl())).toMatchObject({ ended: true, error: null, height: 160 });
        keys.open = false;
        expect(await watch(masterUrl())).toMatchObject({ ended: false, error: 'keyLoadError', atSeconds: 0 });
      } finally {
        keys.open = true;
        await browser.close();
        await pages.close();
      }
    },
  );

  it('has its key beside its playlists for the player of the console, whatever the key server says', async () => {
    const client = createClient({ baseUrl: cloud.api.url, token: cloud.api.token });
    const { jobId } = jobOf('encrypted');
    const video = await resultOf(client.api.GET('/v1/videos/{jobId}', { params: { path: { jobId } } }));
    const playlistUrl = new URL('h264-160/index.m3u8', video.playlist?.url ?? '');
    const playlist = await fetch(playlistUrl);
    const body = await playlist.text();
    expect(Number(playlist.headers.get('content-length'))).toBe(Buffer.byteLength(body));
    const [, uri = ''] = /^#EXT-X-KEY:METHOD=AES-128,URI="([^"]+)"$/m.exec(body) ?? [];
    const key = await fetch(new URL(uri, playlistUrl));
    expect(key.headers.get('cache-control')).toBe('no-store');
    expect(new Uint8Array(await key.arrayBuffer())).toEqual(await keyOf(jobOf('encrypted')));
    const withoutToken = new URL(new URL(uri, playlistUrl).href.replace(/\/media\/[^/]+/, '/media/guessed'));
    expect((await fetch(withoutToken)).status).toBe(404);
  });
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
