import { withLostAnswers } from '@fyrestream/cloud/test/open-test-ledger';
import { jobIdOf, type Upload } from '@fyrestream/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { admitInspected } from '../../test/admit-inspected.ts';
import { openTestInvoker, someReason, type TestInvoker, uploadOf } from '../../test/open-test-invoker.ts';
import { createJobForUpload } from './create-job-for-upload.ts';

const key = 'videos/holiday.mov';
const older = uploadOf(key, { versionId: '1', sequencer: '0A' });
const newer = uploadOf(key, { versionId: '2', sequencer: '0B' });

let invoker: TestInvoker;
beforeEach(async () => {
  invoker = await openTestInvoker();
});
afterEach(() => invoker.close());

const admit = (upload: Upload) => createJobForUpload(invoker.dependencies, upload);
const statusOf = async (upload: Upload) => (await invoker.ledger.readJob(jobIdOf(upload)))?.status;

describe('an upload', () => {
  it('gets a queued job before a byte of it is read', async () => {
    const inspect = () => expect.unreachable('inspected');
    expect(await createJobForUpload(invoker.with({ inspect }), older)).toMatchObject({
      ...{ jobId: jobIdOf(older), status: 'queued', capacity: 'spot', attempt: 0 },
      ...{ awaitsInspection: true, costEstimateUsd: null, owed: [{ kind: 'job-queued' }] },
    });
  });

  it('starts on demand in a stack without Spot', async () => {
    const settings = { ...invoker.settings, spotFirst: false };
    expect(await createJobForUpload(invoker.with({ settings }), older)).toMatchObject({
      capacity: 'on-demand',
    });
  });
});

describe('F04 a repeated event', () => {
  it('finds the job', async () => {
    const job = await admit(older);
    expect(await admit(older)).toEqual(job);
  });

  it('at several invokers at once creates one job', async () => {
    const jobs = await Promise.all(Array.from({ length: 5 }, () => admit(older)));
    expect(new Set(jobs.map(({ jobId }) => jobId)).size).toBe(1);
    expect((await invoker.ledger.listJobs('queued')).jobs).toHaveLength(1);
  });

  it('does not change a job that has continued', async () => {
    const { jobId } = await admit(older);
    await invoker.ledger.advance(jobId, { kind: 'cancelled', reason: someReason });
    expect(await admit(older)).toMatchObject({ status: 'cancelled', version: 2 });
  });
});

describe('F04 of several versions of a key', () => {
  it('the newer one supersedes the older one', async () => {
    await admit(older);
    await admit(newer);
    expect([await statusOf(older), await statusOf(newer)]).toEqual(['cancelled', 'queued']);
    const superseded = await invoker.ledger.readJob(jobIdOf(older));
    expect(superseded?.reason).toMatchObject({ code: 'superseded', retryable: false });
    expect((await invoker.ledger.readOutput(key))?.supersededJobIds).toEqual([]);
  });

  it('the older one is superseded if its event arrives later', async () => {
    await admit(newer);
    expect((await admit(older)).status).toBe('cancelled');
    expect(await statusOf(newer)).toBe('queued');
  });

  it('the newest one remains if they arrive at once', async () => {
    const uploads = ['0A', '0B', '0C', '0D'].map((sequencer) =>
      uploadOf(key, { versionId: sequencer, sequencer }),
    );
    await Promise.all(uploads.map(admit));
    // An invoker may read the record of another one before it is created; the retried event completes the step.
    for (const upload of uploads) await admit(upload);
    expect(await Promise.all(uploads.map(statusOf))).toEqual([
      'cancelled',
      'cancelled',
      'cancelled',
      'queued',
    ]);
  });

  it('an older one whose publication has started is completed', async () => {
    const { jobId } = await admitInspected(invoker.dependencies, older);
    const request = { clientToken: 't', ...invoker.settings.launchTarget, capacity: 'spot' } as const;
    const { size } = invoker.inspection;
    await invoker.ledger.advance(jobId, {
      kind: 'launch-planned',
      launch: {
        ...{ attempt: 1, taskArn: null, plannedAt: invoker.table.clock.now() },
        request: { ...request, size, startedBy: jobId, environment: {} },
      },
    });
    await invoker.ledger.advance(jobId, { kind: 'work-started', attempt: 1 });
    await invoker.ledger.advance(jobId, { kind: 'publication-chosen', token: 1 });
    await admit(newer);
    expect([await statusOf(older), await statusOf(newer)]).toEqual(['running', 'queued']);
  });
});

it('an invoker that stops before it supersedes the older version leaves this to the repeated event', async () => {
  await admit(older);
  const ledger = { ...invoker.ledger, advance: () => Promise.reject(new Error('crash')) };
  await expect(createJobForUpload(invoker.with({ ledger }), newer)).rejects.toThrow('crash');
  expect(await statusOf(older)).toBe('queued');
  await admit(newer);
  expect(await statusOf(older)).toBe('cancelled');
});

it('a network that loses every answer of the ledger does not prevent or repeat a step', async () => {
  const ledger = invoker.table.over(withLostAnswers(invoker.table.documents));
  const dependencies = invoker.with({ ledger });
  expect(await createJobForUpload(dependencies, older)).toMatchObject({ status: 'queued', version: 1 });
  await createJobForUpload(dependencies, newer);
  expect(await invoker.ledger.readJob(jobIdOf(older))).toMatchObject({ status: 'cancelled', version: 2 });
});
