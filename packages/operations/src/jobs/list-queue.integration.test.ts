import { openTestLedger } from '@fyrestream/cloud/test/open-test-ledger';
import { lineEntryOf } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { jobRecord } from '../../test/job-fixtures.ts';
import { lastChangedJobs } from './last-changed-jobs.ts';
import { listQueue } from './list-queue.ts';

it('shows who waits for a place and why, and the jobs of one tenant', async () => {
  const { ledger, clock, close } = await openTestLedger();
  const reason = { code: 'all-places-taken', message: 'The stack already runs 4 tasks.', retryable: true };
  const create = async (number: number, folder: string) => {
    const { upload, ...record } = jobRecord({ createdAt: `2026-01-01T00:0${number}:00.000Z`, version: 1 });
    const key = `videos/${folder}${number}.mov`;
    const jobId = `${'abcdefgh'[number]}`.repeat(26);
    const { job } = await ledger.createJob({ ...record, jobId, upload: { ...upload, key } });
    clock.advance(1);
    return job;
  };
  const jobs = [
    await create(1, 'acme/'),
    await create(2, 'acme/'),
    await create(3, ''),
    await create(4, 'zoo/'),
  ];
  for (const [index, job] of jobs.slice(0, 3).entries()) {
    // AWS refused the second one.
    const refusedAt = index === 1 ? clock.now() : undefined;
    await ledger.joinLine(lineEntryOf({ ...job, refusedAt }, {}), 2);
    const step = { kind: 'place-awaited', attempt: 0, reason, capacity: 'spot', refusedAt } as const;
    await ledger.advance(job.jobId, step);
  }
  const queue = await listQueue({ ledger });
  expect(queue).toMatchObject({ delayed: 1, underWay: 0 });
  expect(queue.groups).toEqual([
    {
      ...{ priority: 'normal', tenant: 'acme', waiting: 2, underWay: 0, reason },
      oldest: { jobId: jobs[0]?.jobId, createdAt: jobs[0]?.createdAt },
    },
    {
      ...{ priority: 'normal', tenant: 'default', waiting: 1, underWay: 0, reason },
      oldest: { jobId: jobs[2]?.jobId, createdAt: jobs[2]?.createdAt },
    },
  ]);
  const ofAcme = await lastChangedJobs(ledger, ['queued'], 10, ({ upload }) => upload.key.includes('/acme/'));
  expect(ofAcme.map(({ jobId }) => jobId).toSorted()).toEqual([jobs[0]?.jobId, jobs[1]?.jobId]);
  await close();
});
