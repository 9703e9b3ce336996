import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stableFileNames, stableKey, versionPrefix, workerExitCode } from '@fyrestream/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../src/start-local-cloud.ts';
import { makeClip } from './pipeline/make-clip.ts';
import { openPipelineClient, type PipelineClient } from './pipeline/pipeline-client.ts';
import { openWorkerHarness, type WorkerHarness } from './pipeline/run-worker.ts';
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
  clip = await makeClip(join(directory, 'clip.mp4'), { seconds: 2 });
  bench = await openWorkerHarness(directory, cloud.connection, pipeline);
});
afterAll(async () => {
  pipeline?.close();
  await cloud?.stop();
  removeTestDirectory(directory);
});

/** The keys of the output bucket that contain a text. */
async function keysOf(prefix: string, ...words: string[]): Promise<string[]> {
  const keys = await pipeline.listOutputs(prefix);
  return keys.filter((key) => words.every((word) => key.includes(word)));
}

const delivery = { contentType: 'video/mp4', cacheControl: 'no-store' };

interface Prefixes {
  readonly work: string;
  readonly version: string;
}

/** The damage to stored files while the MP4 of the last rendition is being made, and the expected reason. */
const damages: [name: string, said: RegExp, damage: (prefixes: Prefixes) => Promise<void>][] = [
  [
    'a rung deleted of a version before it is published',
    /^verification-failed: .*h264-360\.mp4/,
    async (prefixes) => {
      // Another rendition is finished at the same time.
      const keys = await eventually(async () => {
        const found = await keysOf(prefixes.version, 'h264-360');
        return found.length > 0 ? found : undefined;
      });
      expect(keys).toHaveLength(1);
      await pipeline.store.remove(pipeline.outputBucket, keys);
    },
  ],
  [
    'a rung deleted of what was encoded',
    /^object-missing: .*h264-360\/segment_00001\.m4s/,
    async (prefixes) => {
      const keys = await keysOf(prefixes.work, 'h264-360', '.m4s');
      expect(keys).not.toEqual([]);
      await pipeline.store.remove(pipeline.outputBucket, keys);
    },
  ],
  [
    'a chunk that holds frames too many',
    /^verification-failed: .*h264-360\/segment_00001\.m4s/,
    async (prefixes) => {
      const [key = ''] = await keysOf(prefixes.work, 'h264-360', 'segment_00001.m4s');
      const address = { bucket: pipeline.outputBucket, key };
      const head = await pipeline.store.head(address);
      const segment = await pipeline.store.readRange(address, 0, (head?.sizeBytes ?? 0) - 1);
      await pipeline.store.put(address, Buffer.concat([segment, segment]), delivery);
    },
  ],
];

it.each(damages)('%s fails verification, and nothing is published', async (name, output, damage) => {
  const paused = join(directory, `${name}.paused`);
  const goOn = join(directory, `${name}.go-on`);
  // The MP4 of the smallest rendition is made last.
  await bench.beforeTools(
    `case "$*" in *h264-240*+faststart*) touch '${paused}'; while [ ! -e '${goOn}' ]; do sleep 0.05; done ;; esac`,
  );
  const key = `videos/${name}.mp4`;
  const request = await bench.launchable(`${name}.mp4`, clip);
  const worker = bench.start(bench.environmentFor(request));
  await eventually(async () => (await readFile(paused).catch(() => null)) ?? undefined);
  await damage({ work: `work/${request.jobId}/`, version: versionPrefix(request.jobId, 1) });
  await writeFile(goOn, '');
  expect(await worker.exitCode).toBe(workerExitCode.failed);

  const job = await pipeline.ledger.readJob(request.jobId);
  expect(job).toMatchObject({ status: expect.stringMatching(/^(failed|queued)$/), outputs: null });
  expect(job?.publication).toBeNull();
  expect(`${job?.reason?.code}: ${job?.reason?.message}`).toMatch(output);
  const published = await pipeline.listOutputs(stableKey(key, 'master.m3u8').replace('master.m3u8', ''));
  for (const fileName of stableFileNames) expect(published).not.toContain(stableKey(key, fileName));
});
