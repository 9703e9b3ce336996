import {
  assemblyUnitId,
  encryptionKeyKey,
  keysPrefix,
  type StoppedTask,
  type TaskRequest,
  type Upload,
  versionPrefix,
  versionsPrefix,
} from '@fyrestream/events';
import { type JobContext, publishVersion } from '@fyrestream/worker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalCloud } from '../src/start-local-cloud.ts';
import { openTestCloud, type TestCloud } from './pipeline/open-test-cloud.ts';
import type { PipelineClient } from './pipeline/pipeline-client.ts';
import { openInvoker } from './republish/open-invoker.ts';
import { makeSmallVersion, type SmallVersion, token } from './republish/small-version.ts';

const key = 'videos/replaced.mp4';
const oldVersionRetentionDays = 7;
const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };

let test: TestCloud;
let cloud: LocalCloud;
let pipeline: PipelineClient;
beforeAll(async () => {
  test = await openTestCloud();
  ({ cloud, pipeline } = test);
});
afterAll(() => test?.close());

function uploadOf(versionId: string, sequencer: string): Upload {
  const uploadedAt = '2026-01-02T03:04:05.000Z';
  return { bucket: 'videos', key, versionId, etag: 'etag', sizeBytes: 1_000, sequencer, uploadedAt };
}

async function publish({ job, files, presentation, outputs }: SmallVersion): Promise<void> {
  const { store, ledger, outputBucket } = pipeline;
  for (const [fileKey, body] of files)
    await store.put({ bucket: outputBucket, key: fileKey }, body, delivery);
  // As if it were encrypted.
  await store.put({ bucket: outputBucket, key: encryptionKeyKey(outputs.prefix) }, job.jobId, delivery);
  const work = { job, ledger, store, settings: { outputBucket } } as JobContext;
  await publishVersion(work, presentation, outputs, token);
}

const invokerIn = (days: number) => openInvoker(cloud, pipeline, { days, oldVersionRetentionDays });

const sweepIn = (days: number) => invokerIn(days)({ kind: 'sweep-requested' });

it('keeps a replaced version and its key for a week, and a published version for ever', async () => {
  const [first, late, newest] = [uploadOf('v1', '0A'), uploadOf('v2', '0B'), uploadOf('v3', '0C')].map(
    makeSmallVersion,
  ) as [SmallVersion, SmallVersion, SmallVersion];
  await publish(first);
  await publish(newest);
  await publish(late);
  const stored = () => pipeline.listOutputs(versionsPrefix);
  const keysOf = (...versions: SmallVersion[]) =>
    versions.map(({ outputs }) => encryptionKeyKey(outputs.prefix)).toSorted();
  const before = await stored();
  expect(before).toEqual(expect.arrayContaining([...first.files.keys(), ...late.files.keys()]));

  await sweepIn(oldVersionRetentionDays - 1);
  expect(await stored()).toEqual(before);
  expect(await pipeline.listOutputs(keysPrefix)).toEqual(keysOf(first, late, newest));

  await sweepIn(oldVersionRetentionDays + 1);
  const replaced = [...first.files.keys(), ...late.files.keys()];
  expect(await stored()).toEqual(before.filter((name) => !replaced.includes(name)));
  expect(await pipeline.listOutputs(keysPrefix)).toEqual(keysOf(newest));
  expect(await pipeline.ledger.readOutput(key)).toMatchObject({
    published: { jobId: newest.job.jobId },
    retired: [],
  });
});

it('keeps a version whose successor is not published completely, at any age', async () => {
  const first = makeSmallVersion({ ...uploadOf('v1', '0A'), key: 'videos/interrupted.mp4' });
  const second = makeSmallVersion({ ...uploadOf('v2', '0B'), key: 'videos/interrupted.mp4' });
  await publish(first);
  // A worker that crashed between the ledger and the stable files; its job is held, so that no other worker continues.
  await pipeline.ledger.createJob(second.job);
  await pipeline.ledger.advance(second.job.jobId, {
    kind: 'held',
    reason: { code: 'test', message: 'It waits.', retryable: false },
  });
  await pipeline.ledger.claimOutput(second.job.upload, token);

  await sweepIn(100);
  const stored = await pipeline.listOutputs(first.outputs.prefix);
  expect(stored).toEqual(expect.arrayContaining([...first.files.keys()]));
});

it('keeps the published version of a finished job, and removes versions of lost attempts', async () => {
  const key = 'videos/several-attempts.mp4';
  const version = makeSmallVersion({ ...uploadOf('v1', '0A'), key });
  const { jobId } = version.job;
  const { ledger, store, outputBucket } = pipeline;
  await ledger.createJob(version.job);
  // Two workers assembled it; the first was lost, the second published.
  const owners = ['attempt-1-slot-0-lost', 'attempt-2-slot-0'];
  for (const owner of owners) {
    const claim = await ledger.claimUnit({ jobId, unitId: assemblyUnitId, owner });
    if (claim === null) expect.unreachable('nobody else has the unit');
    const prefix = versionPrefix(jobId, claim.token);
    for (const storedKey of [`${prefix}240.mp4`, encryptionKeyKey(prefix)])
      await store.put({ bucket: outputBucket, key: storedKey }, owner, delivery);
    await ledger.releaseClaim(claim);
  }
  const { size } = version.job;
  const request: TaskRequest = {
    ...{
      clientToken: jobId,
      cluster: 'c',
      taskDefinition: 'd:1',
      containerName: 'n',
      capacity: 'spot',
      size,
    },
    ...{ subnets: [], securityGroups: [], startedBy: jobId, environment: {} },
  };
  const launch = { attempt: 1, taskArn: 'arn:task', plannedAt: '2026-01-02T03:04:05.000Z', request };
  const newest = (await ledger.listUnits(jobId))[0]?.token ?? 0;
  const task: StoppedTask = {
    ...{ taskArn: 'arn:another', startedBy: jobId, stopCode: 'EssentialContainerExited' },
    ...{ stoppedReason: null, exitCode: 0, containerReason: null },
  };
  const stored = () => pipeline.listOutputs(`${versionsPrefix}${jobId}/`);
  await ledger.advance(jobId, { kind: 'launch-planned', launch });
  await ledger.advance(jobId, { kind: 'work-started', attempt: 1 });
  await invokerIn(0)({ kind: 'task-stopped', task });
  expect(await stored()).toHaveLength(owners.length);

  await ledger.advance(jobId, { kind: 'publication-chosen', token: newest });
  await ledger.advance(jobId, { kind: 'published', token: newest, outputs: version.outputs });
  await invokerIn(0)({ kind: 'task-stopped', task });
  expect(await stored()).toEqual([`${versionPrefix(jobId, newest)}240.mp4`]);
  expect(await pipeline.listOutputs(`${keysPrefix}${jobId}/`)).toEqual([
    encryptionKeyKey(versionPrefix(jobId, newest)),
  ]);
});
