import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TranscodeRequest, type UnitRecord, versionPrefix } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { openWorkerHarness, type RunningWorker, type WorkerHarness } from './pipeline/run-worker.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

/** `pnpm test:kills` kills fifty. */
const killCount = Number(process.env.FYRESTREAM_TEST_KILLS ?? 2);
const workerCount = 3;
const unitSeconds = 6;
/** Enough units for all kills: each loses those in hand, and some kills lose nothing. */
const units = 6 + killCount;

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let bench: WorkerHarness;
let clip: string;

beforeAll(async () => {
  directory = createTestDirectory();
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology: testTopology() });
  pipeline = openPipelineClient(cloud.connection);
  bench = await openWorkerHarness(directory, cloud.connection, pipeline);
  clip = await makeClip(join(directory, 'clip.mp4'), {
    ...{ size: '256x144', seconds: units * unitSeconds, framesPerSecond: 10, encoder: ['-g', '6'] },
  });
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

function startWorker(request: TranscodeRequest, slot: number): RunningWorker {
  const environment = bench.environmentFor({ ...request, slot });
  return bench.start({ ...environment, FYRESTREAM_UNIT_SECONDS: `${unitSeconds}` });
}

const isDone = ({ state }: UnitRecord) => state === 'done';

async function tokensOfDone(jobId: string): Promise<Map<string, number>> {
  const done = (await pipeline.ledger.listUnits(jobId)).filter(isDone);
  return new Map(done.map(({ unitId, token }) => [unitId, token]));
}

/** The hash of every published segment and MP4, by its name within the version. */
async function publishedFiles(jobId: string): Promise<Record<string, string>> {
  const job = await pipeline.ledger.readJob(jobId);
  expect(job?.status).toBe('succeeded');
  if (job === null) return {};
  const folder = join(directory, `outputs-${jobId}`);
  const keys = await pipeline.fetchOutputs(job, folder);
  const prefix = versionPrefix(jobId, job.publication?.token ?? 0);
  const media = keys.filter((key) => key.startsWith(prefix) && /\.(m4s|mp4)$/.test(key));
  const hashed = media.map(async (key) => {
    const hash = createHash('sha256').update(await readFile(join(folder, key)));
    return [key.slice(prefix.length), hash.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}

/**
 * Encodes the clip with several workers, kills one of them again and again at random moments, and replaces it.
 * @param maxKills at most so many; fewer where the job is done before
 */
async function encodeWithKills(
  fileName: string,
  maxKills: number,
): Promise<{ jobId: string; kills: number }> {
  const request = await bench.launchable(fileName, clip);
  const { jobId } = request;
  const leading = startWorker(request, 0);
  await eventually(async () => (await tokensOfDone(jobId)).has('plan') || undefined);
  const workers = Array.from({ length: workerCount }, (_, slot) =>
    slot === 0 ? leading : startWorker(request, slot),
  );
  let kills = 0;
  while (kills < maxKills) {
    await sleep(200 + Math.random() * 1_000);
    const slot = Math.floor(Math.random() * workerCount);
    const worker = workers[slot];
    if (worker === undefined || (await pipeline.ledger.readJob(jobId))?.status !== 'running') break;
    const before = await tokensOfDone(jobId);
    if (worker.child.exitCode === null && worker.child.kill('SIGKILL')) kills += 1;
    await worker.exitCode;
    // As the invoker does when it learns that the task stopped; it then starts another one.
    await pipeline.ledger.releaseClaimsOf(jobId, `attempt-${request.attempt}-slot-${slot}-`);
    const after = await tokensOfDone(jobId);
    for (const [unitId, token] of before) expect(after.get(unitId), `${unitId} was done`).toBe(token);
    workers[slot] = startWorker(request, slot);
  }
  for (const worker of workers) expect(await worker.exitCode, worker.output()).toBe(0);
  return { jobId, kills };
}

it('a killed worker loses at most the units in hand, and the published files are the same', async () => {
  const undisturbed = await bench.launchable('undisturbed.mp4', clip);
  const alone = startWorker(undisturbed, 0);
  expect(await alone.exitCode, alone.output()).toBe(0);
  const expected = await publishedFiles(undisturbed.jobId);

  let kills = 0;
  // A fast machine may finish a job before all workers are killed.
  for (let jobs = 1; kills < killCount; jobs += 1) {
    const killed = await encodeWithKills(`killed-${jobs}.mp4`, killCount - kills);
    kills += killed.kills;
    const { length } = (await pipeline.ledger.listUnits(killed.jobId)).filter(({ unitId }) =>
      unitId.startsWith('video-'),
    );
    expect(length).toBe(units);
    expect(await publishedFiles(killed.jobId)).toEqual(expected);
  }
});
