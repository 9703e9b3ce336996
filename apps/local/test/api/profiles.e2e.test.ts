import { join } from 'node:path';
import {
  type Client,
  createClient,
  followJob,
  type JobDetail,
  resultOf,
  uploadFile,
} from '@fyrestream/client';
import { openFile } from '@fyrestream/client/node';
import { codecLadderSchema, type Profiles } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/start-local-cloud.ts';
import { makeClip } from '../pipeline/make-clip.ts';
import { createTestDirectory, removeTestDirectory } from '../test-service-gateway.ts';
import { testTopology } from '../test-topology.ts';

const rung = { constantRateFactor: 30, maximumBitrateBitsPerSecond: 300_000 };
const ladderOf = (shortEdgePixels: number) =>
  codecLadderSchema.parse({ codec: 'h264', speed: 'ultrafast', rungs: [{ shortEdgePixels, ...rung }] });
const profiles: Profiles = {
  default: { ladders: [ladderOf(240)] },
  small: { ladders: [ladderOf(120)] },
};
const options = {
  title: 'Größe 😀',
  label: 'order 7',
  posterSeconds: 1,
  audio: [{ language: 'de', name: 'Ton' }],
};

let directory: string;
let cloud: LocalCloud;
let client: Client;
let clip: Blob;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: {
      ...testTopology(),
      profiles,
      profileRules: [{ pattern: 'previews/*', profile: 'small' }],
    },
  });
  client = createClient({ baseUrl: cloud.api.url, token: cloud.api.token });
  clip = await openFile(await makeClip(join(directory, 'clip.mp4'), { size: '426x240', seconds: 2 }));
});
afterAll(async () => {
  await cloud?.stop();
  removeTestDirectory(directory);
});

async function madeOf(upload: Parameters<typeof uploadFile>[2]): Promise<JobDetail> {
  const { jobId } = await uploadFile(client, clip, upload);
  let last: JobDetail | null = null;
  for await (const job of followJob(client, jobId)) last = job;
  expect(last).toMatchObject({ status: 'succeeded', reason: null });
  return last as JobDetail;
}

const videoNames = ({ renditions }: JobDetail) =>
  renditions.filter(({ kind }) => kind === 'video').map(({ name }) => name);

it('makes an upload by its profile, and shows what was chosen and by what', async () => {
  const captions = new Blob(['1\n00:00:00,000 --> 00:00:01,000\nHello\n']);
  const sidecars = [{ path: 'acme/named.en.srt', file: captions }];
  const [named, ruled, plain] = await Promise.all([
    madeOf({ path: 'acme/named.mp4', profile: 'small', options, sidecars }),
    madeOf({ path: 'previews/ruled.mp4', options: { label: 'rule' } }),
    madeOf({ path: 'plain.mp4' }),
  ]);
  const video = { params: { path: { jobId: named.jobId } } };
  const { captions: published } = await resultOf(client.api.GET('/v1/videos/{jobId}', video));
  expect(published).toMatchObject([{ language: 'en' }]);
  expect(named.making).toEqual({ profile: 'small', options, from: 'metadata' });
  expect(videoNames(named)).toEqual(['h264-120']);
  expect(ruled.making).toEqual({ profile: 'small', options: { label: 'rule' }, from: 'rule' });
  expect(plain.making).toEqual({ profile: 'default', options: {}, from: 'default' });
  expect(videoNames(plain)).toEqual(['h264-240']);

  const list = async (profile: string) => {
    const { jobs } = await resultOf(client.api.GET('/v1/jobs', { params: { query: { profile } } }));
    return jobs.map(({ jobId }) => jobId).toSorted();
  };
  expect(await list('small')).toEqual([named.jobId, ruled.jobId].toSorted());
  expect(await list('default')).toEqual([plain.jobId]);
  expect(await list('large')).toEqual([]);

  const costs = () => resultOf(client.api.GET('/v1/stack/costs', { params: { query: { by: 'profile' } } }));
  // A task is billed when it has stopped.
  await vi.waitFor(async () => {
    const { groups } = await costs();
    expect(groups.map(({ name, jobs, tasks }) => [name, jobs, tasks])).toEqual([
      ['default', 1, 1],
      ['small', 2, 2],
    ]);
  }, 600_000);
});

it('refuses a profile that the stack does not have, and options that are wrong, before a byte is sent', async () => {
  const begin = (body: object) =>
    resultOf(client.api.POST('/v1/uploads', { body: { path: 'a.mp4', sizeBytes: 9, ...body } }));
  await expect(begin({ profile: 'smal' })).rejects.toMatchObject({
    ...{ status: 400, code: 'profile-unknown' },
    message: 'The stack has no profile smal, but default, small.',
    problem: { issues: [{ path: 'json.profile', message: expect.any(String) }] },
  });
  await expect(begin({ options: { titel: 'A' } })).rejects.toMatchObject({
    ...{ status: 400, code: 'bad-request', message: expect.stringMatching(/json\.options: .*titel/) },
  });
  await expect(begin({ options: { posterSeconds: -1 } })).rejects.toMatchObject({
    ...{ code: 'bad-request', message: expect.stringContaining('json.options.posterSeconds') },
  });
  const audio = Array.from({ length: 64 }, () => ({ name: 'ä'.repeat(60) }));
  await expect(begin({ options: { audio } })).rejects.toMatchObject({
    ...{ status: 400, code: 'options-too-long' },
  });
});

it('a file that belongs to a video is stored, and is no upload by itself', async () => {
  const file = new Blob(['1\n00:00:00,000 --> 00:00:01,000\nHello\n']);
  await expect(uploadFile(client, file, { path: 'alone.en.srt' })).rejects.toMatchObject({
    ...{ status: 409, code: 'not-an-upload' },
    message: 'videos/alone.en.srt belongs to a video but is none: it is stored and gets no job.',
  });
  await expect(uploadFile(client, file, { path: 'trips/.hidden.mov' })).rejects.toMatchObject({
    ...{ status: 400, code: 'not-an-upload' },
  });
});

it('tells the profiles of the stack, and what a file would become by each', async () => {
  expect((await resultOf(client.api.GET('/v1/stack'))).profiles).toEqual(['default', 'small']);
  const quote = (profile: string | null) =>
    resultOf(
      client.api.POST('/v1/quotes', {
        body: { sizeBytes: 1_000_000, width: 640, height: 360, ...(profile && { profile }) },
      }),
    );
  const rungsOf = async (profile: string | null) => (await quote(profile)).renditions.map(({ id }) => id);
  expect(await rungsOf(null)).toEqual(['h264-240']);
  expect(await rungsOf('small')).toEqual(['h264-120']);
  await expect(quote('smal')).rejects.toMatchObject({ status: 400, code: 'profile-unknown' });
  const byRules = (path: string) =>
    resultOf(client.api.POST('/v1/quotes', { body: { sizeBytes: 1_000_000, path } }));
  expect((await byRules('previews/a.mp4')).profile).toBe('small');
  expect((await byRules('a.mp4')).profile).toBe('default');
});
