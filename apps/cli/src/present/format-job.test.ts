import { type AdditionalLaunch, type JobRecord, jobProgress } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { jobRecord } from '../../test/job-fixtures.ts';
import { formatJob } from './format-job.ts';

const workersOf = (changes: Partial<JobRecord>) => {
  const terminal = { colour: (_: unknown, shown: string) => shown };
  const job = jobRecord(changes);
  const measured = jobProgress(job, [], job.updatedAt);
  const text = formatJob(job, [], { progress: '', measured, isDeleted: false, terminal });
  return /^workers +(.*)$/m.exec(text)?.[1];
};
const launch = (slot: number) => ({ slot, taskArn: `arn:${slot}` }) as AdditionalLaunch;
const launches = [launch(1), launch(2)];
const leading = { taskArn: 'arn:0' } as JobRecord['launch'];

it('shows how many workers a job has, and how many it wants', () => {
  const additional = { planToken: 1, wanted: 3, lastSlot: 2, launches };
  expect(workersOf({ status: 'running', launch: leading, additional })).toBe('3 of 4');
  expect(workersOf({ status: 'queued', additional })).toBe('2 of 4');
  expect(workersOf({ status: 'running', launch: leading })).toBeUndefined();
  const over = { ...additional, wanted: 0, launches: [] };
  expect(workersOf({ status: 'succeeded', additional: over })).toBe('2 additional ones were launched');
});
