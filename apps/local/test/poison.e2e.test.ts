import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hostileMedia } from '@fyrestream/invoker/test/hostile-media';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { createTestDirectory, eventually, removeTestDirectory } from './test-service-gateway.ts';
import { testTopology } from './test-topology.ts';

let directory: string;
let cloud: LocalCloud;
let pipeline: PipelineClient;

beforeAll(async () => {
  directory = createTestDirectory();
  // A worker that does nothing: this test is about what comes before it.
  const worker = join(directory, 'worker.mjs');
  await writeFile(worker, 'setInterval(() => {}, 1_000_000);\n');
  const topology = testTopology();
  cloud = await startLocalCloud({
    dataDirectory: join(directory, 'data'),
    topology: {
      ...topology,
      taskDefinition: { ...topology.taskDefinition, bundlePath: worker },
      maxRunningTasks: 1,
      sweep: { busyIntervalSeconds: 1, idleIntervalSeconds: 1 },
    },
  });
  pipeline = openPipelineClient(cloud.connection);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

it('admits honest uploads beside ten that crash or block the inspection; every job continues', async () => {
  for (const [name, make] of Object.entries(hostileMedia)) await writeFile(join(directory, name), make());
  await writeFile(join(directory, 'honest.ts'), honestTransportStream());
  // One blocks the inspection until its time limit; the others crash it at once.
  const crashing = ['nested-metadata.flv', 'compressed-header.mov', 'duration-1e300.mkv'];
  const files = ['tracks-3000.mkv', ...crashing, ...crashing, ...crashing, 'honest.ts', 'honest.ts'];
  const uploads = await Promise.all(
    files.map((name, index) => pipeline.upload(`videos/${index}/${name}`, join(directory, name))),
  );
  const jobs = await Promise.all(
    uploads.map(({ jobId }) =>
      eventually(async () => {
        const job = await pipeline.ledger.readJob(jobId);
        const isLaunched = job?.launch?.taskArn || job?.reason?.code === 'all-places-taken';
        return job !== null && isLaunched ? job : undefined;
      }),
    ),
  );
  expect(jobs.every(({ awaitsInspection, costEstimateUsd }) => !awaitsInspection && costEstimateUsd)).toBe(
    true,
  );
  expect(jobs.filter(({ launch }) => launch !== null)).toHaveLength(1);
  for (const queue of ['uploads-dead', 'control-dead'] as const) {
    expect(await pipeline.messagesIn(queue)).toBe(0);
  }
  expect(await pipeline.log('invoker')).not.toContain('sweep-in-trouble');
  expect(await pipeline.log('poller')).not.toContain('message-failed');
});

/** Packets without content: the start of a recording whose tables come later. */
function honestTransportStream(): Buffer {
  const packet = Buffer.alloc(188, 0xff);
  packet.writeUInt32BE(0x471fff10);
  return Buffer.concat(Array<Buffer>(100).fill(packet));
}
