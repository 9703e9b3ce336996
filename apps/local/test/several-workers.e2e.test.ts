import { join } from 'node:path';
import { assemblyUnitId, claimOwner, planUnitId } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { useSlowEncoder } from './pipeline/slow-encoder.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

/** Eight units of 6 s, each of which takes 4 s: the second worker starts before all are done, also on a busy machine. */
const seconds = 48;
const encodeSpeed = 1.5;
let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let useFastEncoder: (() => void) | undefined;

beforeAll(async () => {
  directory = createTestDirectory();
  useFastEncoder = await useSlowEncoder(join(directory, 'programs'), encodeSpeed);
  const topology = {
    ...testTopology(),
    ...{ maxRunningTasks: 3, maxWorkersPerJob: 2, targetMinutes: 1e-6, unitSeconds: 6 },
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

it('two workers encode one video, and the leading one publishes it', async () => {
  const clip = await makeClip(join(directory, 'clip.mp4'), {
    ...{ size: '256x144', seconds, framesPerSecond: 10, encoder: ['-g', '6'] },
  });
  const { jobId } = await pipeline.upload('videos/clip.mp4', clip);
  const job = await pipeline.settled(jobId);
  expect(job).toMatchObject({ status: 'succeeded', attempt: 1, failureCount: 0, interruptionCount: 0 });
  expect(job.outputs?.durationSeconds).toBeCloseTo(seconds, 0);
  const units = await pipeline.ledger.listUnits(jobId);
  const unitsOf = (slot: number) =>
    units
      .filter(({ owner }) => owner?.startsWith(claimOwner({ attempt: 1, slot })))
      .map(({ unitId }) => unitId);
  expect(unitsOf(0)).toEqual(expect.arrayContaining([planUnitId, assemblyUnitId]));
  expect(unitsOf(1).length).toBeGreaterThan(0);
  expect(unitsOf(0).length + unitsOf(1).length).toBe(units.length);
  // Its place is free again.
  const ended = await eventually(async () => {
    const current = await pipeline.ledger.readJob(jobId);
    return current?.additional?.launches.length === 0 ? current : undefined;
  });
  expect(ended).toMatchObject({ status: 'succeeded', additional: { lastSlot: 1 } });
});
