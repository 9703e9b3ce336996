import { expect, it } from 'vitest';
import { billedTask, newJob, services } from '../../test/job-steps.ts';
import type { JobRecord } from '../job-record.ts';
import { addTask, emptyReceipt } from './receipt.ts';
import { costGroupSchema, sumCosts } from './sum-costs.ts';

const job = (key: string, finishedAt: string | null, changes: Partial<JobRecord> = {}): JobRecord => ({
  ...newJob(),
  ...{ upload: { ...newJob().upload, key }, finishedAt, updatedAt: '2026-11-28T23:59:59.000Z' },
  ...{ receipt: addTask(emptyReceipt, billedTask, services), costEstimateUsd: 1 },
  ...changes,
});
const jobs = [
  job('videos/acme/a.mov', '2026-11-30T00:00:01.000Z'),
  job('videos/acme/b.mov', '2026-11-29T23:59:59.000Z'),
  job('videos/c.mov', '2026-11-30T12:00:00.000Z'),
  job('videos/d.mov', null, { costEstimateUsd: null }),
  job('videos/old.mov', '2026-11-30T12:00:00.000Z', { receipt: undefined }),
];

it('sums what jobs cost by tenant', () => {
  const groups = sumCosts(jobs, 'tenant');
  expect(groups).toEqual([
    {
      ...{ name: 'acme', jobs: 2, jobsWithoutReceipt: 0, computeUsd: 1, requestsUsd: 0.5, totalUsd: 1.5 },
      ...{ storageUsdPerMonth: 0.25, estimateUsd: 2, tasks: 2, taskSeconds: 120, spotSeconds: 120 },
    },
    expect.objectContaining({
      name: 'default',
      jobs: 3,
      jobsWithoutReceipt: 1,
      totalUsd: 1.5,
      estimateUsd: 1,
    }),
  ]);
  for (const group of groups) costGroupSchema.parse(group);
});

it('sums by profile, which is default where none was chosen', () => {
  const making = { profile: 'mobile', options: {}, from: 'rule' } as const;
  const groups = sumCosts([...jobs, job('videos/acme/e.mov', null, { making })], 'profile');
  expect(groups.map(({ name, jobs: count, totalUsd }) => [name, count, totalUsd])).toEqual([
    ['default', 5, 3],
    ['mobile', 1, 0.75],
  ]);
});

it('sums by the day on which a job ended, or changed last', () => {
  const days = sumCosts(jobs, 'day').map(({ name, jobs: count }) => [name, count]);
  expect(days).toEqual([
    ['2026-11-28', 1],
    ['2026-11-29', 1],
    ['2026-11-30', 3],
  ]);
  expect(sumCosts([], 'day')).toEqual([]);
});
