import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  assemblyUnitId,
  isTerminal,
  type JobProgress,
  type JobRecord,
  jobProgress,
  type UnitRecord,
} from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { useSlowEncoder } from './pipeline/slow-encoder.ts';
import { createTestDirectory, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

/**
 * Six units, each of which takes four times as long as the time between two heartbeats, on a fast machine as on a slow one:
 * the speed of two is known at once although the second worker starts some seconds after the first, or half a minute on a busy machine.
 */
const seconds = 72;
const encodeSpeed = 0.6;
const heartbeatSeconds = 5;
let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let useFastEncoder: (() => void) | undefined;

beforeAll(async () => {
  directory = createTestDirectory();
  useFastEncoder = await useSlowEncoder(join(directory, 'programs'), encodeSpeed);
  const topology = {
    ...testTopology(),
    ...{ maxRunningTasks: 3, maxWorkersPerJob: 2, targetMinutes: 1e-6, unitSeconds: 12 },
  };
  cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology });
  pipeline = openPipelineClient(cloud.connection);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  useFastEncoder?.();
  removeTestDirectory(directory);
});

interface Sample {
  readonly job: JobRecord;
  readonly units: readonly UnitRecord[];
  readonly progress: JobProgress;
}

/** Reads job and units again and again until the job is over. */
async function follow(jobId: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (;;) {
    const { job, units } = await pipeline.ledger.readJobWithUnits(jobId);
    if (job !== null) {
      samples.push({ job, units, progress: jobProgress(job, units, new Date().toISOString()) });
      if (isTerminal(job)) return samples;
    }
    await sleep(200);
  }
}

it('the progress of a job with two workers moves without ever falling, by one write per unit and 5 s', async () => {
  const clip = await makeClip(join(directory, 'clip.mp4'), {
    ...{ size: '512x288', seconds, framesPerSecond: 10, encoder: ['-g', '10'] },
  });
  const { jobId } = await pipeline.upload('videos/clip.mp4', clip);
  const samples = await follow(jobId);
  const last = samples.at(-1);
  expect(last?.job).toMatchObject({ status: 'succeeded', attempt: 1, additional: { lastSlot: 1 } });

  expectMonotonic(samples.map(({ progress }) => progress.fraction));
  expect(last?.progress).toMatchObject({
    phase: 'succeeded',
    fraction: 1,
    videoUnits: { done: 6, total: 6 },
  });
  const moves = new Set(samples.map(({ progress }) => progress.fraction));
  expect(moves.size).toBeGreaterThan(10);

  const trackIds = last?.progress.tracks.map(({ trackId }) => trackId) ?? [];
  expect(trackIds.length).toBeGreaterThanOrEqual(3);
  for (const trackId of trackIds) {
    const tracks = samples.flatMap(({ progress }) =>
      progress.tracks.filter((one) => one.trackId === trackId),
    );
    expectMonotonic(tracks.map(({ fraction }) => fraction));
    expectMonotonic(tracks.map(({ verifiedFraction }) => verifiedFraction));
    expect(tracks.at(-1)).toMatchObject({ fraction: 1, verifiedFraction: 1 });
  }

  const together = samples.filter(
    ({ progress }) =>
      progress.units.filter(({ kind, speed, state }) => kind === 'video' && state === 'claimed' && speed)
        .length > 1,
  );
  expect(together.length).toBeGreaterThan(0);
  for (const { progress } of together) {
    expect(progress.speed).toBeGreaterThan(0);
    expect(progress.etaSeconds).toBeGreaterThan(0);
    expect(progress.tracks.some((track) => track.speed !== null && track.speed > 0)).toBe(true);
  }

  for (const { unitId, claimedAt = '', updatedAt } of last?.units ?? []) {
    const writes = new Set(
      samples
        .flatMap(({ units }) => units.filter((one) => one.unitId === unitId))
        .map((unit) => unit.updatedAt),
    );
    // The claim and the end are writes of their own; the assembly also renews its claim before it publishes.
    const allowed =
      (unitId === assemblyUnitId ? 3 : 2) +
      (Date.parse(updatedAt) - Date.parse(claimedAt)) / 1_000 / heartbeatSeconds;
    expect(writes.size).toBeLessThanOrEqual(allowed);
  }
  const encoding = samples.filter(({ progress }) => progress.phase === 'encoding');
  const versions = new Set(encoding.map(({ job }) => job.version));
  // The start of the additional worker is recorded: its plan, its task, its end where no unit is left for it, and its bill.
  expect(versions.size).toBeLessThanOrEqual(6);
  expect(new Set(encoding.map(({ progress }) => progress.fraction)).size).toBeGreaterThan(versions.size);
});

function expectMonotonic(values: readonly number[]): void {
  values.forEach((value, index) => {
    expect(value).toBeGreaterThanOrEqual((values[index - 1] ?? 0) - 1e-9);
  });
}
