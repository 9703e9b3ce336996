import type { JobRecord, JobStatus } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { jobRecord } from '../../test/job-fixtures.ts';
import { lastChangedJobs } from './last-changed-jobs.ts';

const ledgerWith = (jobs: Partial<Record<JobStatus, JobRecord[]>>) => ({
  listJobs: async (statuses: JobStatus | readonly JobStatus[]) => ({
    jobs: [statuses].flat().flatMap((status) => jobs[status] ?? []),
    cursor: null,
  }),
});

it('lists a job once that ends while the jobs are listed, as it is at its end', async () => {
  const running = jobRecord({ status: 'running', version: 4, updatedAt: '2026-01-02T03:04:05.000Z' });
  const succeeded = {
    ...running,
    status: 'succeeded',
    version: 5,
    updatedAt: '2026-01-02T03:04:06.000Z',
  } as const;
  const other = jobRecord({ jobId: 'b'.repeat(26), updatedAt: '2026-01-02T03:04:07.000Z' });
  const ledger = ledgerWith({ running: [running], succeeded: [succeeded], queued: [other] });
  for (const statuses of [
    ['running', 'succeeded', 'queued'],
    ['queued', 'succeeded', 'running'],
  ] as const)
    expect(await lastChangedJobs(ledger, statuses, 10)).toEqual([other, succeeded]);
});
