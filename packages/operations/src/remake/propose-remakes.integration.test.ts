import { openTestLedger, type TestLedger } from '@fyrestream/cloud/test/open-test-ledger';
import {
  defaultLadderConfig,
  hevcLadder,
  type JobOutputs,
  type JobRecord,
  jobIdOf,
  stackProfilesOf,
  type VersionRecipe,
} from '@fyrestream/events';
import { estimateCost, fargatePrices, sizeTask, workOfSource } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { after, jobRecord } from '../../test/job-fixtures.ts';
import { listSelectedJobs } from '../interventions/list-selected-jobs.ts';
import { proposeRemakes } from './propose-remakes.ts';

let test: TestLedger;
beforeAll(async () => {
  test = await openTestLedger();
});
afterAll(() => test.close());

const rendition = (id: string, height: number, constantRateFactor: number, kilobits: number) => ({
  ...{ id, codec: 'h264' as const, width: (height * 16) / 9, height, constantRateFactor },
  ...{ maximumBitrateBitsPerSecond: kilobits * 1_000, speed: 'veryfast', dynamicRange: 'sdr' as const },
});
/** A minute of 720p in the default ladder, without the rungs whose widths are not whole. */
const recipe: VersionRecipe = {
  outputs: ['hls', 'dash', 'mp4', 'poster', 'thumbnails'],
  encryption: 'off',
  video: {
    ...{ width: 1_280, height: 720, codec: 'h264', bitrateBitsPerSecond: null, dynamicRange: 'sdr' },
    ...{ sourceFrames: 1_800, frames: 1_800, filterCpuSecondsPerFrame: 0, watermark: 'off' },
    renditions: [
      rendition('h264-720', 720, 22, 2_800),
      { ...rendition('h264-480', 480, 23, 1_400), width: 854 },
      rendition('h264-360', 360, 23, 800),
      { ...rendition('h264-240', 240, 24, 400), width: 426 },
    ],
  },
  audio: {
    ...{ tracks: 1, bitrateBitsPerSecond: 128_000, surround: 'none' },
    loudness: { targetLufs: -16, truePeakDbtp: -1 },
  },
};

const outputs: JobOutputs = {
  ...{ prefix: 'versions/a/1/', masterKey: 'm', manifestKey: 'd', posterKey: 'p', certificateKey: 'c' },
  ...{ durationSeconds: 60, damage: null, leftOut: [] },
  renditions: [
    {
      ...{ name: 'h264-720', kind: 'video', codec: 'avc1', width: 1_280, height: 720 },
      ...{ averageBitrateBitsPerSecond: 1, sizeBytes: 1, fileKey: null },
    },
  ],
  recipe,
};

/** A job that published its upload. */
async function publish(path: string, changes: Partial<JobRecord> = {}): Promise<JobRecord> {
  const base = jobRecord();
  const upload = { ...base.upload, key: `videos/${path}`, ...changes.upload };
  const jobId = jobIdOf(upload);
  const done = { status: 'succeeded', outputs, publication: { token: 1 }, owed: [] } as const;
  const { job } = await test.ledger.createJob({ ...base, ...done, ...changes, owed: [], jobId, upload });
  await test.ledger.recordUpload(upload);
  await test.ledger.claimOutput(upload, 1);
  return job;
}

const settings = {
  ladder: defaultLadderConfig,
  profiles: { hevc: { ladders: [...defaultLadderConfig.ladders, hevcLadder] } },
  profileRules: [{ pattern: 'films/*', profile: 'hevc' }],
};
const stack = () => ({
  ledger: test.ledger,
  name: 'the stack',
  making: {
    profiles: stackProfilesOf(settings),
    platform: { region: 'us-east-1', architecture: 'x86_64' as const },
  },
});
const propose = async (prefix: string, profile?: string, includesUnchanged = false) =>
  proposeRemakes(stack(), {
    jobs: await listSelectedJobs(test.ledger, { prefix }, ['succeeded']),
    ...{ profile, includesUnchanged },
  });

it('says what is kept and encoded, by the profile of the rules or another one', async () => {
  await publish('films/a.mov');
  const [byRule] = await propose('films/');
  expect(byRule).toMatchObject({
    ...{ key: 'videos/films/a.mov', profile: 'hevc', keepsAudio: true, reason: null },
    kept: ['h264-720', 'h264-480', 'h264-360', 'h264-240'],
    encoded: ['hevc-720', 'hevc-480', 'hevc-360', 'hevc-240'],
  });
  expect(byRule?.costEstimateUsd).toBeGreaterThan(0);
  const [unchanged] = await propose('films/', 'default');
  expect(unchanged).toMatchObject({ profile: 'default', encoded: [], costEstimateUsd: 0 });
  expect(unchanged?.reason?.code).toBe('unchanged');
  const [all] = await propose('films/', 'default', true);
  expect(all).toMatchObject({ reason: null, encoded: [], kept: byRule?.kept });
  expect(all?.costEstimateUsd).toBeLessThan(byRule?.costEstimateUsd ?? 0);
  // At least a minute of the task that the whole profile gets.
  const { sizeBytes } = jobRecord().upload;
  const whole = workOfSource(
    { sizeBytes, durationSeconds: 60, width: 1_280, height: 720 },
    defaultLadderConfig,
  );
  const nothing = { ...whole, sourceSize: null, frames: 0, renditions: [], audioTracks: 0 };
  const idle = estimateCost(nothing, sizeTask(whole), fargatePrices(stack().making.platform));
  expect(sizeTask(whole).cpuUnits).toBeGreaterThan(sizeTask(nothing).cpuUnits);
  expect(all?.costEstimateUsd).toBeGreaterThanOrEqual(idle.dollars);
  await expect(propose('films/', 'none')).rejects.toMatchObject({ code: 'profile-unknown' });
});

it('takes the profile that the upload named itself, and leaves out a watermark that it does not want', async () => {
  const making = { profile: 'hevc', options: {}, from: 'metadata' } as const;
  await publish('named/a.mov', { making });
  await publish('named/b.mov', { making: { ...making, profile: 'removed' } });
  const [b, a] = (await propose('named/')).toSorted((one, two) => (one.key < two.key ? 1 : -1));
  expect(a?.profile).toBe('hevc');
  expect(b?.reason?.code).toBe('profile-unknown');
});

it('leaves out what is not published, or waits for a newer upload', async () => {
  const old = await publish('twice/a.mov');
  const upload = { ...old.upload, versionId: 'v2', uploadedAt: after(60) };
  await test.ledger.recordUpload(upload);
  const [waiting] = await propose('twice/');
  expect(waiting?.reason).toMatchObject({
    code: 'newer-upload',
    message: expect.stringContaining(jobIdOf(upload)),
  });
  const deleted = await publish('gone/a.mov');
  const {
    jobId,
    upload: { key, sequencer, uploadedAt },
  } = deleted;
  const version = { jobId, order: { sequencer, uploadedAt } };
  await test.ledger.recordDeletion({ sourceKey: key, includesOlder: true, version }, new Set([jobId]));
  const [gone] = await propose('gone/');
  expect(gone?.reason?.code).toBe('nothing-published');
});

it('tells a first publication that is not complete from a job whose record was removed', async () => {
  const running = await publish('running/a.mov', { status: 'running', outputs: null });
  const base = jobRecord();
  const older = { ...base, upload: { ...base.upload, key: 'videos/removed.mov' } };
  await test.ledger.claimOutput(older.upload, 1);
  const proposals = await proposeRemakes(stack(), { jobs: [running, older], includesUnchanged: true });
  expect(proposals.map(({ reason }) => reason)).toMatchObject([
    { code: 'publication-incomplete', message: `Job ${running.jobId} has not completed its publication.` },
    { code: 'record-removed' },
  ]);
});

it('proposes the next edition, once the one before is over', async () => {
  const job = await publish('next/a.mov');
  const [first] = await propose('next/', 'hevc');
  expect(first?.upload).toEqual({ ...job.upload, edition: 1, profile: 'hevc' });
  if (!first?.upload) throw new TypeError('nothing is proposed');
  const edition = first.upload;
  const { job: queued } = await test.ledger.createJob({
    ...jobRecord(),
    jobId: jobIdOf(edition),
    upload: edition,
  });
  await test.ledger.recordUpload(edition);
  const [waiting] = await propose('next/', 'hevc');
  expect(waiting?.reason).toMatchObject({
    code: 'under-way',
    message: expect.stringContaining(queued.jobId),
  });
  const reason = { code: 'cancelled', message: 'It was cancelled.', retryable: false };
  await test.ledger.advance(queued.jobId, { kind: 'cancelled', reason });
  const [second] = await propose('next/', 'hevc');
  expect(second?.upload).toEqual({ ...edition, edition: 2 });
});

it('proposes a video once, by its published version, of a thousand videos', async () => {
  const old = await publish('many/0000.mov');
  await publish('many/0000.mov', { upload: { ...old.upload, versionId: 'v2', uploadedAt: after(60) } });
  const { jobId, upload } = await publish('many/0001.mov');
  const names = Array.from({ length: 998 }, (_, index) => `videos/many/${1_000 + index}.mov`);
  const copies = names.map(
    (key) =>
      new Map([
        [upload.key, key],
        [jobId, jobIdOf({ ...upload, key })],
      ]),
  );
  await test.copyItems(upload.key, copies);
  const proposals = await propose('many/', 'hevc');
  expect(new Set(proposals.map(({ key }) => key)).size).toBe(1_000);
  expect(proposals).toHaveLength(1_000);
  expect(proposals.every(({ encoded, kept }) => encoded.length === 4 && kept.length === 4)).toBe(true);
});
