import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type JobRecord, type TranscodeRequest, workerExitCode } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { readMedia } from './pipeline/read-media.ts';
import { openWorkerHarness, type WorkerHarness } from './pipeline/run-worker.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

const seconds = 18;
const largeSeconds = 30;
/** The number of units counts, not that of frames. */
const framesPerSecond = 10;
let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let bench: WorkerHarness;
/** Three units of 6 s: of two rungs, and of one. */
let clip: string;
let smallClip: string;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
  pipeline = openPipelineClient(cloud.connection);
  bench = await openWorkerHarness(directory, cloud.connection, pipeline);
  const shape = { seconds, framesPerSecond, encoder: ['-g', '6'] };
  clip = await makeClip(join(directory, 'clip.mp4'), { ...shape, size: '512x288' });
  smallClip = await makeClip(join(directory, 'small.mp4'), { ...shape, size: '256x144' });
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

function startWorker(request: TranscodeRequest, unitSeconds = 6) {
  return bench.start({ ...bench.environmentFor(request), FYRESTREAM_UNIT_SECONDS: `${unitSeconds}` });
}

async function unitsOf(jobId: string): Promise<string[]> {
  const units = await pipeline.ledger.listUnits(jobId);
  return units.filter(({ state }) => state === 'done').map(({ unitId }) => unitId);
}

/** Frames and seconds of each published MP4. */
async function publishedVideo(job: JobRecord | null) {
  if (job === null) return [];
  const folder = await mkdtemp(join(directory, 'outputs-'));
  const keys = await pipeline.fetchOutputs(job, folder);
  const mp4s = keys.filter((key) => /h264-\d+\.mp4$/.test(key)).sort();
  return Promise.all(
    mp4s.map(async (key) => {
      const { streams, durationSeconds } = await readMedia(join(folder, key));
      const video = streams.find((stream) => stream.codec_type === 'video');
      return {
        key: key.split('/').at(-1),
        frames: Number(video?.nb_read_packets),
        seconds: Math.round(durationSeconds * 10) / 10,
      };
    }),
  );
}

it('publishes a long video that was encoded in units with every frame', async () => {
  const request = await bench.launchable('long.mp4', clip);
  const worker = startWorker(request);
  expect(await worker.exitCode, worker.output()).toBe(workerExitCode.done);
  const encodes = ['audio', ...[1, 2, 3].map((number) => `video-0000${number}`)];
  const verifications = encodes.map((unitId) => `verification-${unitId}`);
  expect(new Set(await unitsOf(request.jobId))).toEqual(
    new Set(['plan', ...encodes, ...verifications, 'assembly']),
  );
  const published = await publishedVideo(await pipeline.ledger.readJob(request.jobId));
  expect(published).toEqual(
    ['h264-240.mp4', 'h264-288.mp4'].map((key) => ({ key, frames: seconds * framesPerSecond, seconds })),
  );
});

it('encodes a video whole if a part of it is damaged', async () => {
  const path = join(directory, 'damaged.mp4');
  const bytes = await readFile(smallClip);
  bytes.fill(0xa5, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 2_000);
  await writeFile(path, bytes);
  const request = await bench.launchable('damaged.mp4', path);
  const worker = startWorker(request);
  expect(await worker.exitCode, worker.output()).toBe(workerExitCode.done);
  expect(worker.output()).toContain('unit-inexact');
  expect(await unitsOf(request.jobId)).toContain('video-whole');
  const job = await pipeline.ledger.readJob(request.jobId);
  expect(job?.outputs?.damage).toContain('decoder errors');
  const [published] = await publishedVideo(job);
  expect(published).toMatchObject({ seconds });
});

it('counts the errors of opening a recording that begins between key frames as often as without units', async () => {
  const whole = join(directory, 'whole.ts');
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-i', smallClip, '-c', 'copy', '-f', 'mpegts', whole]);
  const path = join(directory, 'begins-between.ts');
  const bytes = await readFile(whole);
  await writeFile(path, bytes.subarray(188 * 60));
  const damages: (string | null | undefined)[] = [];
  for (const unitSeconds of [6, 600]) {
    const request = await bench.launchable(`begins-between-${unitSeconds}.ts`, path);
    const worker = startWorker(request, unitSeconds);
    expect(await worker.exitCode, worker.output()).toBe(workerExitCode.done);
    damages.push((await pipeline.ledger.readJob(request.jobId))?.outputs?.damage);
    const videos = (await unitsOf(request.jobId)).filter((unitId) => unitId.startsWith('video-0'));
    expect(videos).toHaveLength(unitSeconds === 6 ? 3 : 1);
  }
  expect(damages[1]).toContain('decoder errors');
  expect(damages[0]).toBe(damages[1]);
});

it('goes on from the finished units when a worker was killed', async () => {
  const request = await bench.launchable('killed.mp4', smallClip);
  const killed = startWorker(request);
  await eventually(async () => (await unitsOf(request.jobId)).includes('video-00002') || undefined);
  killed.child.kill('SIGKILL');
  await killed.exitCode;
  const before = await pipeline.ledger.listUnits(request.jobId);
  // As the invoker does when it learns that the task stopped.
  await pipeline.ledger.releaseClaimsOf(request.jobId, 'attempt-1-');
  const worker = startWorker(request);
  expect(await worker.exitCode, worker.output()).toBe(workerExitCode.done);
  const after = await pipeline.ledger.listUnits(request.jobId);
  for (const unit of before.filter(({ state }) => state === 'done')) {
    expect(after.find(({ unitId }) => unitId === unit.unitId)?.token).toBe(unit.token);
  }
  const [published] = await publishedVideo(await pipeline.ledger.readJob(request.jobId));
  expect(published).toMatchObject({ frames: seconds * framesPerSecond, seconds });
});

it('reads only parts of a large source when another worker planned it', async () => {
  const path = await makeClip(join(directory, 'large.mp4'), {
    seconds: largeSeconds,
    framesPerSecond,
    encoder: [
      '-g',
      '6',
      '-b:v',
      '20M',
      '-minrate',
      '20M',
      '-maxrate',
      '20M',
      '-bufsize',
      '20M',
      '-x264-params',
      'nal-hrd=cbr',
    ],
  });
  const request = await bench.launchable('large.mp4', path);
  const planning = startWorker(request);
  await eventually(async () => (await unitsOf(request.jobId)).includes('plan') || undefined);
  planning.child.kill('SIGKILL');
  await planning.exitCode;
  await pipeline.ledger.releaseClaimsOf(request.jobId, 'attempt-1-');
  const worker = bench.start({
    ...bench.environmentFor({ ...request, slot: 1 }),
    FYRESTREAM_UNIT_SECONDS: '6',
  });
  expect(await worker.exitCode, worker.output()).toBe(workerExitCode.done);
  const reads = worker
    .output()
    .split('\n')
    .filter((line) => line.includes('source-read-in-parts'))
    .map((line) => JSON.parse(line));
  expect(reads.length).toBeGreaterThan(1);
  for (const { bytes, sizeBytes, inexactBecause } of reads) {
    expect(inexactBecause).toBeNull();
    expect(bytes).toBeLessThan(sizeBytes / 2);
  }
  const leading = startWorker(request);
  expect(await leading.exitCode, leading.output()).toBe(workerExitCode.done);
  const [published] = await publishedVideo(await pipeline.ledger.readJob(request.jobId));
  expect(published).toMatchObject({ frames: largeSeconds * framesPerSecond, seconds: largeSeconds });
});
