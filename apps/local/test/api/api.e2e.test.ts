import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Client,
  createClient,
  followJob,
  followJobs,
  type Job,
  type JobDetail,
  type operations,
  resultOf,
  uploadFile,
} from '@fyrestream/client';
import { openFile } from '@fyrestream/client/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordedCall } from '../../src/iam/call-recorder.ts';
import { type LocalCloud, startLocalCloud } from '../../src/start-local-cloud.ts';
import { createTestDirectory, removeTestDirectory } from '../test-service-gateway.ts';
import { testTopology } from '../test-topology.ts';
import { makeLargeFilm } from './make-large-film.ts';

const path = 'trips/Meer & Sonne (50%).mkv';

let directory: string;
let cloud: LocalCloud;
let client: Client;
const calls: RecordedCall[] = [];

/** What happened to the film: it was uploaded in two attempts, and followed until its job was over. */
let firstParts: number[];
let callsOfResumption: RecordedCall[];
let progress: number[];
let changes: JobDetail[];
const changesOfAll: Job[] = [];
let jobId: string;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: testTopology(),
    onCall: (call) => calls.push(call),
  });
  client = createClient({ baseUrl: cloud.api.url, token: cloud.api.token });
  const film = await openFile(await makeLargeFilm(directory));
  const watching = new AbortController();
  const watched = (async () => {
    for await (const job of followJobs(client, watching.signal)) changesOfAll.push(job);
  })().catch(() => {});

  let uploadId = '';
  const closed = new AbortController();
  const interrupted = uploadFile(client, film, {
    path,
    concurrency: 1,
    onCreated: (id) => {
      uploadId = id;
    },
    onProgress: ({ fraction }) => {
      if (fraction > 0.3) closed.abort(new Error('The page is closed.'));
    },
    signal: closed.signal,
  });
  await expect(interrupted).rejects.toThrow('The page is closed.');
  const { parts } = await resultOf(
    client.api.GET('/v1/uploads/{uploadId}/parts', { params: { path: { uploadId } } }),
  );
  firstParts = parts.map(({ partNumber }) => partNumber);

  const callsBefore = calls.length;
  progress = [];
  const completed = await uploadFile(client, film, {
    path,
    resume: uploadId,
    onProgress: ({ fraction }) => progress.push(fraction),
  });
  callsOfResumption = calls.slice(callsBefore);
  jobId = completed.jobId;
  // The answer to the completion was lost, and the client asks again.
  const repeated = await resultOf(
    client.api.POST('/v1/uploads/{uploadId}/complete', { params: { path: { uploadId } } }),
  );
  expect(repeated).toEqual(completed);

  changes = [];
  for await (const job of followJob(client, jobId)) changes.push(job);
  watching.abort();
  await watched;
});
afterAll(async () => {
  await cloud?.stop();
  removeTestDirectory(directory);
});

const videoOf = () => resultOf(client.api.GET('/v1/videos/{jobId}', { params: { path: { jobId } } }));

it('resumes an interrupted upload with its missing parts only', () => {
  expect(firstParts).toEqual([1]);
  const puts = callsOfResumption.filter(
    ({ action, principal }) => action === 's3:PutObject' && principal === 'api',
  );
  // Two parts, and the completion.
  expect(puts).toHaveLength(3);
  expect(progress[0]).toBeGreaterThan(0.3);
  expect(progress).toEqual(progress.toSorted());
  expect(progress.at(-1)).toBe(1);
});

it('no call of the API was refused', () => {
  expect(calls.filter(({ principal, allowed }) => principal === 'api' && !allowed)).toEqual([]);
});

it('follows the job to its end', () => {
  const statuses = changes.map(({ status }) => status);
  expect(statuses.at(-1)).toBe('succeeded');
  expect(new Set(statuses)).toContain('running');
  expect(changes.at(-1)).toMatchObject({
    jobId,
    sourceKey: `videos/${path}`,
    tenant: 'trips',
    reason: null,
    progress: { phase: 'succeeded', fraction: 1 },
    allowedActions: [],
    isDeleted: false,
  });
  expect(changes.at(-1)?.steps.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['plan', 'audio', 'video-00001', 'assembly']),
  );
  expect(changes.at(-1)?.renditions.map(({ name }) => name)).toContain('h264-360');
});

it('lists the events that were published for the job', async () => {
  const read = () => resultOf(client.api.GET('/v1/jobs/{jobId}', { params: { path: { jobId } } }));
  await vi.waitFor(async () => {
    const { events } = await read();
    expect(events?.at(-1)).toMatchObject({ kind: 'job-billed', publishedAt: expect.any(String) });
  }, 600_000);
  const { events } = await read();
  const known = readFileSync(join(directory, 'data', 'events.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).detail)
    .filter((event) => event.jobId === jobId);
  // An event may be published more than once.
  const published = new Map(known.map(({ eventId, kind, at }) => [eventId, { eventId, kind, at }]));
  expect(events?.map(({ publishedAt: _publishedAt, ...event }) => event)).toEqual([...published.values()]);
});

it('says that the stack has no webhooks', async () => {
  expect(await resultOf(client.api.GET('/v1/stack/webhooks'))).toEqual({
    ...{ endpoints: [], waiting: 0, underWay: 0 },
  });
  const query = { queue: 'webhooks' } as const;
  await expect(
    resultOf(client.api.GET('/v1/stack/dead-letters', { params: { query } })),
  ).rejects.toMatchObject({ code: 'no-webhooks', status: 404 });
});

it('the stream of all jobs has the changes of this one', () => {
  const own = changesOfAll.filter((job) => job.jobId === jobId);
  expect(own.map(({ status }) => status)).toContain('running');
  expect(own.map(({ progress }) => progress.phase)).toContain('encoding');
});

it('lists the job by status, tenant, name and time', async () => {
  const list = async (query: NonNullable<operations['listJobs']['parameters']['query']>) => {
    const { jobs } = await resultOf(client.api.GET('/v1/jobs', { params: { query } }));
    return jobs.map((job) => job.jobId);
  };
  const found: Parameters<typeof list>[0][] = [
    {},
    { status: 'succeeded' },
    { status: ['failed', 'succeeded'] },
    { tenant: 'trips' },
    { search: 'SONNE' },
  ];
  for (const query of found) expect(await list(query)).toEqual([jobId]);
  // Its announcement and the bill of its task may still change the record.
  await vi.waitFor(async () => {
    const { updatedAt: last } = await resultOf(
      client.api.GET('/v1/jobs/{jobId}', { params: { path: { jobId } } }),
    );
    expect(await list({ changedFrom: last, changedUntil: last })).toEqual([jobId]);
  }, 600_000);
  const missed: typeof found = [
    { status: 'failed' },
    { tenant: 'default' },
    { search: 'mond' },
    { changedUntil: '2020-01-01T00:00:00Z' },
  ];
  for (const query of missed) expect(await list(query)).toEqual([]);
});

it('shows the plan with the reason of each rung', async () => {
  const plan = await resultOf(client.api.GET('/v1/jobs/{jobId}/plan', { params: { path: { jobId } } }));
  expect(plan.renditions.map(({ id, why }) => [id, why.length > 0])).toEqual([
    ['h264-360', true],
    ['h264-240', true],
  ]);
  expect(plan.dropped.map(({ reason }) => reason)).toContain('would-upscale');
  expect(plan.frameRate).toBe(25);
  expect(plan.audio.map(({ language }) => language)).toEqual(['en', 'de']);
});

it.each(['retry', 'cancel', 'hold', 'release'] as const)(
  'refuses to %s a job that succeeded',
  async (action) => {
    const answer = resultOf(
      client.api.POST('/v1/jobs/{jobId}/{action}', { params: { path: { jobId, action } } }),
    );
    await expect(answer).rejects.toMatchObject({ code: 'step-refused', status: 409 });
    const { results } = await resultOf(
      client.api.POST('/v1/interventions', { body: { action, jobIds: [jobId] } }),
    );
    expect(results).toEqual([
      { jobId, status: null, problem: expect.objectContaining({ code: 'step-refused' }) },
    ]);
  },
);

describe('the video', () => {
  it('plays: each reference of its playlists leads to a file', async () => {
    const { playlist, manifest } = await videoOf();
    const master = await textOf(playlist?.url ?? null);
    const uris = [...master.matchAll(/URI="([^"]+)"|^([^#\n].*)$/gm)].map(
      ([, uri, line]) => uri ?? line ?? '',
    );
    expect(uris.length).toBeGreaterThan(4);
    for (const uri of uris) {
      const url = new URL(uri, playlist?.url ?? '');
      const media = await textOf(url.href);
      const [segment = ''] = media.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      const response = await fetch(new URL(segment, url));
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    }
    expect(await textOf(manifest?.url ?? null)).toContain('<MPD');
  });

  it('has files, poster, thumbnails, captions and certificate with URLs that work', async () => {
    const video = await videoOf();
    expect(video).toMatchObject({ jobId, sourceKey: `videos/${path}`, isCurrent: true });
    expect(video.files.map(({ name, kind, language }) => [name, kind, language])).toEqual([
      ['h264-360', 'video', null],
      ['h264-240', 'video', null],
    ]);
    const types = new Map([
      ['mp4', 'video/mp4'],
      ['m4a', 'audio/mp4'],
      ['jpg', 'image/jpeg'],
      ['vtt', 'text/vtt; charset=utf-8'],
      ['json', 'application/json'],
    ]);
    const files = [...video.files, ...video.captions, video.poster, video.thumbnails, video.certificate];
    for (const file of files) {
      const response = await fetch(file?.url ?? '');
      expect([file?.path, response.status]).toEqual([file?.path, 200]);
      expect(response.headers.get('content-type')).toBe(types.get(file?.path.split('.').at(-1) ?? ''));
      expect((await response.arrayBuffer()).byteLength).toBe(file?.sizeBytes);
    }
    expect(video.audio).toEqual([
      { name: 'English', language: 'en', channels: 2, isDefault: true },
      { name: 'Deutsch', language: 'de', channels: 2, isDefault: false },
    ]);
    expect(video.captions).toMatchObject([{ language: 'de', isDefault: expect.any(Boolean) }]);
    expect(await textOf(video.captions[0]?.url ?? null)).toContain('Über die Grenze');
    expect(JSON.parse(await textOf(video.certificate?.url ?? null))).toMatchObject({ jobId });
  });

  it('is found by the key of its upload', async () => {
    const found = await resultOf(
      client.api.GET('/v1/videos', { params: { query: { key: `videos/${path}` } } }),
    );
    expect(found).toEqual(await videoOf());
  });

  it('answers a request for a range, a condition and a file that is not there', async () => {
    const [file] = (await videoOf()).files;
    const url = file?.url ?? '';
    const size = file?.sizeBytes ?? 0;
    const part = await fetch(url, { headers: { range: 'bytes=10-19' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${size}`);
    expect((await part.arrayBuffer()).byteLength).toBe(10);
    const beyond = await fetch(url, { headers: { range: `bytes=${size}-` } });
    expect(beyond.status).toBe(416);
    const etag = part.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(size)]);
    expect((await fetch(`${url}.missing`)).status).toBe(404);
    // Without the token of the URL, and files that are not published.
    const [origin, token] = [cloud.api.url, url.split('/')[4]];
    const rest = url.split('/').slice(5).join('/');
    for (const other of [`/media/x/${rest}`, `/media/${token}/work/${jobId}/plan/1/plan.json`]) {
      expect((await fetch(origin + other)).status).toBe(404);
    }
  });
});

async function textOf(url: string | null): Promise<string> {
  const response = await fetch(url ?? '');
  expect(response.status).toBe(200);
  return response.text();
}
