import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JobRecord, stableKey, type UnitRecord, versionsPrefix } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TaskRecord } from '../src/ecs/task-record.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { readMedia } from './pipeline/read-media.ts';
import { useSlowEncoder } from './pipeline/slow-encoder.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';

const seconds = 4;
/** Of real time: long enough to be killed during its encode, on every machine. */
const encodeSpeed = 0.5;

let directory: string;
let clip: string;
let cloud: RunningCloud;
let useFastEncoder: (() => void) | undefined;

interface RunningCloud {
  readonly child: ChildProcess;
  readonly pipeline: PipelineClient;
}

beforeAll(async () => {
  directory = createTestDirectory();
  clip = await makeClip(join(directory, 'clip.mp4'), { size: '256x144', seconds });
  useFastEncoder = await useSlowEncoder(join(directory, 'programs'), encodeSpeed);
  cloud = await start();
});
afterAll(async () => {
  cloud?.pipeline.close();
  if (cloud?.child.kill('SIGTERM')) await once(cloud.child, 'exit');
  useFastEncoder?.();
  removeTestDirectory(directory);
});

/** Starts a local cloud in a new process, always on the same data directory. */
async function start(): Promise<RunningCloud> {
  const script = fileURLToPath(new URL('run-local-cloud.ts', import.meta.url));
  const child = fork(script, [join(directory, 'data')], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [connection] = await once(child, 'message');
  return { child, pipeline: openPipelineClient(connection) };
}

const isVideo = ({ unitId }: UnitRecord) => unitId.startsWith('video-');

/** The task that is encoding the video of a job. */
async function taskAtWork({ ledger, tasksOf }: PipelineClient, jobId: string): Promise<TaskRecord> {
  await eventually(async () => {
    const units = await ledger.listUnits(jobId);
    return units.some((unit) => isVideo(unit) && unit.state === 'claimed') || undefined;
  });
  const task = (await tasksOf(jobId)).find(({ lastStatus }) => lastStatus === 'RUNNING');
  if (task?.process == null) throw new Error('the video is being encoded, but no task runs');
  return task;
}

async function expectPublished({ outputBucket, ...pipeline }: PipelineClient, job: JobRecord): Promise<void> {
  expect(job).toMatchObject({ status: 'succeeded', reason: null });
  const { key } = job.upload;
  const master = await pipeline.store.readText({ bucket: outputBucket, key: stableKey(key, 'master.m3u8') });
  expect(master).toContain(job.outputs?.prefix ?? '-');
  const folder = join(directory, job.jobId);
  await pipeline.fetchOutputs(job, folder);
  const { streams } = await readMedia(join(folder, stableKey(key, 'master.m3u8')), [
    '-allowed_extensions',
    'ALL',
  ]);
  const frames = streams.filter((stream) => stream.codec_type === 'video');
  expect(frames.map((stream) => Number(stream.nb_read_packets))).toEqual([seconds * 25]);
}

it('a job succeeds although the whole cloud was killed during it', async () => {
  const { jobId } = await cloud.pipeline.upload('videos/power cut.mp4', clip);
  await taskAtWork(cloud.pipeline, jobId);
  cloud.pipeline.close();
  cloud.child.kill('SIGKILL');
  await once(cloud.child, 'exit');

  cloud = await start();
  const job = await cloud.pipeline.settled(jobId);
  expect(job).toMatchObject({ attempt: 2, failureCount: 0, interruptionCount: 1 });
  await expectPublished(cloud.pipeline, job);
  // There is one version: files of the first attempt are only below work/.
  const keys = await cloud.pipeline.listOutputs(`${versionsPrefix}${jobId}/`);
  expect(keys.filter((key) => !key.startsWith(job.outputs?.prefix ?? '-'))).toEqual([]);
  const tasks = await cloud.pipeline.tasksOf(jobId);
  expect(tasks).toHaveLength(2);
  expect(await cloud.pipeline.messagesIn('uploads-dead')).toBe(0);
  expect(await cloud.pipeline.messagesIn('control-dead')).toBe(0);
});

it('F23 a job whose worker was killed is retried and continues after its finished units', async () => {
  const { pipeline } = cloud;
  const { jobId } = await pipeline.upload('videos/killed.mp4', clip);
  const task = await taskAtWork(pipeline, jobId);
  const done = (await pipeline.ledger.listUnits(jobId)).filter(({ state }) => state === 'done');
  process.kill(task.process?.pid ?? 0, 'SIGKILL');
  const waiting = await eventually(async () => {
    const job = await pipeline.ledger.readJob(jobId);
    return job?.failureCount === 1 ? job : undefined;
  });
  expect(waiting).toMatchObject({ status: 'queued', reason: { code: 'worker-killed', retryable: true } });
  const job = await pipeline.settled(jobId);
  expect(job).toMatchObject({ attempt: 2, failureCount: 1 });
  await expectPublished(pipeline, job);
  const units = await pipeline.ledger.listUnits(jobId);
  expect(done.map(({ unitId }) => unitId)).toContain('plan');
  for (const { unitId, token } of done) {
    expect(units.find((unit) => unit.unitId === unitId)?.token).toBe(token);
  }
  expect(units.find(isVideo)?.token).toBe(2);
});
