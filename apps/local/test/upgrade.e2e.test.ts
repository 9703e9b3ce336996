import { join } from 'node:path';
import { controlMessageSchema, invokerMessageSchema, isTerminal, stableKey } from '@fyrestream/events';
import { verifyPublished } from '@fyrestream/media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';
import { type JobCase, readRecordedStack } from './upgrade/recorded-stack.ts';
import { restoreStack } from './upgrade/restore-stack.ts';

/** A stack that release 0.1.0 left in the middle of its work is updated to the code of this repository. */
const recorded = readRecordedStack();
let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;
let ids: Readonly<Record<JobCase, string>>;

beforeAll(async () => {
  directory = createTestDirectory();
  const dataDirectory = join(directory, 'data');
  const topology = testTopology();
  // Its poller reads no messages, so the events of the uploads arrive after the update.
  const before = await startLocalCloud({
    dataDirectory,
    topology: { ...topology, eventSource: { ...topology.eventSource, pollIntervalSeconds: 3_600 } },
  });
  const client = openPipelineClient(before.connection);
  ids = await restoreStack(recorded, { connection: before.connection, pipeline: client, folder: directory });
  client.close();
  await before.stop();
  // A lost attempt is tried again by a sweep.
  const sweep = { busyIntervalSeconds: 5, idleIntervalSeconds: 5 };
  cloud = await startLocalCloud({ dataDirectory, topology: { ...topology, sweep } });
  pipeline = openPipelineClient(cloud.connection);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

it('reads the messages and calls of the release before', () => {
  for (const message of recorded.controlMessages) controlMessageSchema.parse(message);
  for (const message of recorded.invokerMessages) invokerMessageSchema.parse(message);
});

it('completes what a worker of the release before has begun, with its plan and its part of the video', async () => {
  const done = (await pipeline.ledger.listUnits(ids.begun)).filter(({ state }) => state === 'done');
  expect(done.map(({ unitId }) => unitId)).toEqual(expect.arrayContaining(['plan', 'video-00001']));
  await pipeline.send('control', JSON.stringify({ kind: 'sweep-requested' }));
  const job = await pipeline.settled(ids.begun);
  expect(job).toMatchObject({ status: 'succeeded', reason: null });
  const units = await pipeline.ledger.listUnits(ids.begun);
  for (const { unitId, token } of done) {
    expect(units.find((unit) => unit.unitId === unitId)).toMatchObject({ state: 'done', token });
  }
  const master = await pipeline.store.readText({
    bucket: pipeline.outputBucket,
    key: stableKey(job.upload.key, 'master.m3u8'),
  });
  expect(master).toContain(ids.begun);
});

it('launches jobs that wait for a place, and one whose launch was recorded and not sent', async () => {
  expect(await pipeline.settled(ids.planned)).toMatchObject({ status: 'succeeded', attempt: 1 });
  expect(await pipeline.settled(ids.waiting)).toMatchObject({ status: 'succeeded' });
});

it('leaves jobs that are over or held as they are, and publishes the events that they owed', async () => {
  const jobs = await eventually(async () => {
    const names = ['held', 'cancelled', 'failed', 'succeeded'] as const;
    const found = await Promise.all(names.map((name) => pipeline.ledger.readJob(ids[name])));
    return found.every((job) => job?.owed.length === 0) ? found : undefined;
  });
  expect(jobs.map((job) => job?.status)).toEqual(['held', 'cancelled', 'failed', 'succeeded']);
  expect(jobs.filter((job) => job !== null && isTerminal(job))).toHaveLength(3);
});

it('verifies a version that the release before published by its certificate', async () => {
  const prefix = `versions/${ids.succeeded}/1/`;
  const files = new Map(
    Object.entries(recorded.objects)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, content]) => [key.slice(prefix.length), Buffer.from(content, 'base64')]),
  );
  const verdict = await verifyPublished({
    sizes: async () => new Map([...files].map(([path, bytes]) => [path, bytes.length])),
    async *stream(path) {
      yield files.get(path) ?? Buffer.of();
    },
  });
  expect(verdict.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(files.size).toBeGreaterThan(10);
});

it('sends no message of the update to a dead-letter queue', async () => {
  expect(await pipeline.messagesIn('uploads-dead')).toBe(0);
  expect(await pipeline.messagesIn('control-dead')).toBe(0);
});
