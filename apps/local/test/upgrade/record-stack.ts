// pnpm --filter @fyrestream/local record-upgrade: records what a stack of this release holds in the middle of its work, in a
// folder with the number of the release. Recordings of earlier releases are never changed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  admitJob,
  type ControlMessage,
  defaultOutputs,
  type InvokerMessage,
  jobIdOf,
  type StoppedTask,
  type Upload,
} from '@fyrestream/events';
import release from '../../package.json' with { type: 'json' };
import { invokerEnvironment } from '../../src/environment/fyrestream-environment.ts';
import { startLocalCloud } from '../../src/start-local-cloud.ts';
import { openPipelineClient } from '../pipeline/pipeline-client.ts';
import { createTestDirectory, eventually, removeTestDirectory } from '../test-service-gateway.ts';
import { testTopology } from '../test-topology.ts';
import { folderOf, type JobCase, type RecordedStack } from './recorded-stack.ts';

const directory = createTestDirectory();
const topology = {
  ...testTopology(),
  maxRunningTasks: 1,
  unitSeconds: 6,
  ladder: {
    version: 1 as const,
    ladders: [
      {
        codec: 'h264' as const,
        speed: 'medium' as const,
        rungs: [
          { shortEdgePixels: 90, constantRateFactor: 30, maximumBitrateBitsPerSecond: 60_000 },
          { shortEdgePixels: 60, constantRateFactor: 32, maximumBitrateBitsPerSecond: 30_000 },
        ],
      },
    ],
    audio: { bitrateBitsPerSecond: 32_000, loudness: 'off' as const, surround: 'off' as const },
    hdr: 'tone-map' as const,
    watermark: 'off' as const,
    outputs: [...defaultOutputs],
    encryption: 'off' as const,
  },
};
const cloud = await startLocalCloud({ dataDirectory: join(directory, 'data'), topology });
const { environment, region, url, credentials } = cloud.connection;
const pipeline = openPipelineClient(cloud.connection);
const { ledger, store, outputBucket, sourceBucket } = pipeline;
const at = () => new Date().toISOString();

const short = makeClip('short.mp4', 2);
const succeeded = await pipeline.upload('videos/trips/short.mp4', short);
await pipeline.settled(succeeded.jobId);
writeFileSync(join(directory, 'text.mp4'), '<!doctype html><title>This is no video</title>');
const failed = await pipeline.upload('videos/no video.mp4', join(directory, 'text.mp4'));
await pipeline.settled(failed.jobId);

const clip = makeClip('clip.mp4', 18);
const begun = await pipeline.upload('videos/trips/begun.mp4', clip);
await eventually(async () => (await ledger.readJob(begun.jobId))?.launch?.taskArn ?? undefined);
const waiting = await pipeline.upload('videos/trips/waiting.mp4', short);
const held = await createJob('videos/trips/held.mp4', 25);
const cancelled = await createJob('videos/trips/cancelled.mp4', 0.02);
const planned = await createJob('videos/trips/planned.mp4', 0.02);
await ledger.advance(held, { kind: 'held', reason: reason('cost-limit') });
await ledger.advance(cancelled, { kind: 'cancelled', reason: reason('cancelled-by-operator') });
await eventually(async () => {
  const units = await ledger.listUnits(begun.jobId);
  return units.some(({ unitId, state }) => unitId === 'video-00001' && state === 'done') || undefined;
});
const launch = (await ledger.readJob(begun.jobId))?.launch;
if (launch) {
  const request = {
    ...launch.request,
    startedBy: planned,
    clientToken: 'c'.repeat(64),
    environment: {
      FYRESTREAM_REQUEST: JSON.stringify({ schemaVersion: 1, jobId: planned, attempt: 1, slot: 0 }),
    },
  };
  await ledger.advance(planned, { kind: 'launch-planned', launch: { ...launch, taskArn: null, request } });
}
const client = new DynamoDBClient({ region, endpoint: url, credentials });
const { Items = [] } = await client.send(
  new ScanCommand({ TableName: environment.FYRESTREAM_JOBS_TABLE ?? '' }),
);
const prefixes = [`work/${begun.jobId}/`, 'versions/', 'outputs/'];
const keys = (await Promise.all(prefixes.map(pipeline.listOutputs))).flat();
const objects: Record<string, string> = {};
for (const key of keys) {
  const path = join(directory, 'object');
  await store.download({ bucket: outputBucket, key }, path);
  objects[key] = readFileSync(path).toString('base64');
}
const jobIds: Record<JobCase, string> = {
  begun: begun.jobId,
  waiting: waiting.jobId,
  planned,
  held,
  cancelled,
  succeeded: succeeded.jobId,
  failed: failed.jobId,
};
const recorded: RecordedStack = {
  items: Items,
  controlMessages: [
    { kind: 'job-due', jobId: waiting.jobId },
    { kind: 'sweep-requested' },
  ] satisfies ControlMessage[],
  invokerMessages: [
    { kind: 'upload-received', upload: waiting.upload },
    { kind: 'task-stopped', task: stoppedTask(begun.jobId) },
    { kind: 'job-due', jobId: waiting.jobId },
    { kind: 'sweep-requested' },
  ] satisfies InvokerMessage[],
  uploads: { begun: begun.upload, waiting: waiting.upload, planned: await uploadOf(planned) },
  sources: {
    begun: readFileSync(clip).toString('base64'),
    waiting: readFileSync(short).toString('base64'),
    planned: readFileSync(short).toString('base64'),
  },
  objects,
  invokerEnvironment: invokerEnvironment(topology, environment.FYRESTREAM_CONTROL_QUEUE_URL ?? ''),
  jobIds,
  recordedAt: at(),
};
const folder = folderOf(release.version);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('stack.json', folder), `${JSON.stringify(recorded, null, 2)}\n`);
process.stdout.write(`${Items.length} items, ${keys.length} objects\n`);
client.destroy();
pipeline.close();
await cloud.stop();
removeTestDirectory(directory);

/** A job whose upload was inspected, as the invoker creates it. */
async function createJob(key: string, costEstimateUsd: number): Promise<string> {
  const { etag, versionId } = await store.upload({ bucket: sourceBucket, key }, short, {
    contentType: 'video/mp4',
    cacheControl: 'no-store',
  });
  const address = { bucket: sourceBucket, key, versionId, etag };
  const jobId = jobIdOf(address);
  const upload: Upload = { ...address, sizeBytes: 1_000, sequencer: '00A1', uploadedAt: at() };
  const size = { cpuUnits: 1024, memoryMiB: 2048, ephemeralStorageGiB: 21 };
  await ledger.createJob(
    admitJob({ jobId, upload, size, capacity: 'spot', costEstimateUsd, refusal: null, at: at() }),
  );
  return jobId;
}

async function uploadOf(jobId: string): Promise<Upload> {
  return (await ledger.readJob(jobId))?.upload ?? waiting.upload;
}

function stoppedTask(jobId: string): StoppedTask {
  return {
    taskArn: 'arn:aws:ecs:us-east-1:000000000000:task/fyrestream-local/stopped',
    startedBy: jobId,
    stopCode: 'SpotInterruption',
    stoppedReason: 'Your Spot Task was interrupted.',
    exitCode: null,
    containerReason: null,
  };
}

function reason(code: string) {
  return { code, message: 'As recorded.', retryable: true };
}

function makeClip(name: string, seconds: number): string {
  const path = join(directory, name);
  const video = ['-f', 'lavfi', '-i', `testsrc2=size=160x90:rate=10:duration=${seconds}`];
  const audio = ['-f', 'lavfi', '-i', `sine=frequency=330:duration=${seconds}`];
  const encoders = [
    '-c:v',
    'libx264',
    '-g',
    '10',
    '-crf',
    '32',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-b:a',
    '32k',
  ];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...video, ...audio, ...encoders, path]);
  return path;
}
