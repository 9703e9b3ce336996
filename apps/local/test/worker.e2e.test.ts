import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { workerExitCode } from '@fyrestream/events';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { harnessTaskSize, openWorkerHarness, type WorkerHarness } from './pipeline/run-worker.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let bench: WorkerHarness;
let clip: string;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
  pipeline = openPipelineClient(cloud.connection);
  clip = await makeClip(join(directory, 'clip.mp4'), { size: '256x144', seconds: 2, audio: false });
});
beforeEach(async () => {
  bench = await openWorkerHarness(directory, cloud.connection, pipeline);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

/** An encode takes minutes, on every machine: it reads its source at a hundredth of real time. */
const slowEncode = 'case "$*" in *libx264*) set -- -readrate 0.01 "$@" ;; esac';
const leftInScratch = () => readdir(bench.scratch);

it('F73 F31 does a job with scratch on a file system of its own, logs its id on every line, gives ffmpeg no credentials, leaves no files', async () => {
  const dump = join(directory, 'environments');
  await bench.beforeTools(`env >> ${dump}`);
  // /dev/shm, the only other file system that every Linux has.
  const elsewhere = await mkdtemp('/dev/shm/fyrestream-');
  try {
    expect(statSync(elsewhere).dev).not.toBe(statSync(bench.scratch).dev);
    const request = await bench.launchable('credentials.mp4', clip);
    const environment = { ...bench.environmentFor(request), FYRESTREAM_SCRATCH_DIRECTORY: elsewhere };
    const worker = bench.start(environment);
    expect(await worker.exitCode).toBe(workerExitCode.done);
    expect((await pipeline.ledger.readJob(request.jobId))?.status).toBe('succeeded');
    const seen = await readFile(dump, 'utf8');
    expect(seen).toContain('PATH=');
    expect(seen).not.toMatch(
      /ACCESS_KEY|AWS_SECRET|SESSION_TOKEN|AUTHORIZATION_TOKEN|CREDENTIALS_(RELATIVE|FULL)_URI/,
    );
    expect(seen).not.toContain(cloud.connection.credentials.secretAccessKey);
    const lines = worker.output().trim().split('\n');
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ jobId: request.jobId, attempt: 1 });
    expect([await leftInScratch(), await readdir(elsewhere)]).toEqual([[], []]);
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});

it('fails a file that is not a video without retry, and leaves no files on the disk', async () => {
  const path = join(directory, 'letter.mp4');
  await writeFile(path, 'Dear all,\n'.repeat(100));
  const request = await bench.launchable('letter.mp4', path);
  const worker = bench.start(bench.environmentFor(request));
  expect(await worker.exitCode).toBe(workerExitCode.failed);
  expect(await pipeline.ledger.readJob(request.jobId)).toMatchObject({
    status: 'failed',
    reason: { code: 'not-media', retryable: false },
    owed: [],
  });
  expect(await leftInScratch()).toEqual([]);
});

it('F23 gives a job whose ffmpeg was killed more memory, once, and leaves no files on the disk', async () => {
  // Only an encoding ffmpeg names an encoder; probing does not.
  await bench.beforeTools('case "$*" in *libx264*) kill -KILL $$ ;; esac');
  const request = await bench.launchable('oom.mp4', clip);
  const worker = bench.start(bench.environmentFor(request));
  expect(await worker.exitCode).toBe(workerExitCode.failed);
  expect(await pipeline.ledger.readJob(request.jobId)).toMatchObject({
    status: 'queued',
    failureCount: 0,
    enlarged: true,
    size: { memoryMiB: 2 * harnessTaskSize.memoryMiB },
    reason: { code: 'ffmpeg-killed', retryable: true },
    outputs: null,
  });
  const units = await pipeline.ledger.listUnits(request.jobId);
  expect(units.filter(({ state }) => state === 'claimed')).toEqual([]);
  expect(await leftInScratch()).toEqual([]);
});

it('F24 gives a job that filled its disk a larger one, once', async () => {
  await bench.beforeTools('case "$*" in *libx264*) echo "No space left on device" >&2; exit 1 ;; esac');
  const request = await bench.launchable('full.mp4', clip);
  expect(await bench.start(bench.environmentFor(request)).exitCode).toBe(workerExitCode.failed);
  expect(await pipeline.ledger.readJob(request.jobId)).toMatchObject({
    status: 'queued',
    failureCount: 0,
    enlarged: true,
    size: { ephemeralStorageGiB: 2 * harnessTaskSize.ephemeralStorageGiB },
    reason: { code: 'disk-full' },
  });
});

it('F26 ends a job at its deadline, and leaves no files on the disk', async () => {
  await bench.beforeTools(slowEncode);
  const request = await bench.launchable('endless.mp4', clip);
  const aFewSeconds = { ...bench.environmentFor(request), FYRESTREAM_ATTEMPT_HOURS: '0.001' };
  expect(await bench.start(aFewSeconds).exitCode).toBe(workerExitCode.failed);
  expect(await pipeline.ledger.readJob(request.jobId)).toMatchObject({
    status: 'failed',
    reason: { code: 'deadline-exceeded', retryable: false },
    outputs: null,
  });
  const units = await pipeline.ledger.listUnits(request.jobId);
  expect(units.filter(({ state }) => state === 'claimed')).toEqual([]);
  expect(await leftInScratch()).toEqual([]);
});

it('F22 stops on SIGTERM: ffmpeg is stopped, claims are released, the attempt does not count', async () => {
  const pids = join(directory, 'pids');
  await bench.beforeTools(`case "$*" in *libx264*) echo $$ >> ${pids} ;; esac\n${slowEncode}`);
  const request = await bench.launchable('stopped.mp4', clip);
  const worker = bench.start(bench.environmentFor(request));
  const pid = await eventually(async () => Number(await readFile(pids, 'utf8').catch(() => '')) || undefined);
  expect(await leftInScratch()).not.toEqual([]);
  worker.child.kill('SIGTERM');
  expect(await worker.exitCode).toBe(workerExitCode.interrupted);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(await pipeline.ledger.readJob(request.jobId)).toMatchObject({
    status: 'queued',
    failureCount: 0,
    interruptionCount: 1,
    launch: null,
    reason: { code: 'task-stopped' },
  });
  const units = await pipeline.ledger.listUnits(request.jobId);
  expect(units.map(({ unitId, state }) => `${unitId} ${state}`)).toEqual(['plan done', 'video-00001 open']);
  expect(await leftInScratch()).toEqual([]);
});

it('F28 exits at once for an attempt that is over', async () => {
  const request = await bench.launchable('over.mp4', clip);
  const reason = { code: 'cancelled', message: 'A person cancelled it.', retryable: false };
  await pipeline.ledger.advance(request.jobId, { kind: 'cancelled', reason });
  const worker = bench.start(bench.environmentFor(request));
  expect(await worker.exitCode).toBe(workerExitCode.done);
  expect(await pipeline.ledger.listUnits(request.jobId)).toEqual([]);
  expect(await leftInScratch()).toEqual([]);
});

it('names missing environment variables', async () => {
  const request = await bench.launchable('lacks.mp4', clip);
  const { FYRESTREAM_PROFILES: _profiles, ...environment } = bench.environmentFor(request);
  const worker = bench.start(environment);
  expect(await worker.exitCode).toBe(workerExitCode.misconfigured);
  expect(worker.output()).toContain('FYRESTREAM_PROFILES is missing');
  expect((await pipeline.ledger.readJob(request.jobId))?.status).toBe('queued');
});

it('uses no more memory for a much longer video', async () => {
  const peaks: number[] = [];
  for (const seconds of [10, 40]) {
    const path = join(directory, `${seconds}-seconds.mp4`);
    const source = `testsrc2=size=256x144:rate=10:duration=${seconds}`;
    const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
    await promisify(execFile)('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, ...encoder, path]);
    const request = await bench.launchable(`${seconds}-seconds.mp4`, path);
    const worker = bench.start(bench.environmentFor(request));
    expect(await worker.exitCode).toBe(workerExitCode.done);
    peaks.push(worker.peakBytes());
  }
  const [short = 0, long = 0] = peaks;
  expect(short).toBeGreaterThan(0);
  expect(long / short).toBeLessThan(1.5);
});
