import type { AdditionalLaunch, JobRecord } from '@fyrestream/events';
import { jobRecord } from '@fyrestream/operations/test/job-fixtures';
import { expect, it } from 'vitest';
import { formatJob } from './format-job.ts';

const workersOf = (changes: Partial<JobRecord>) => {
  const terminal = { colour: (_: unknown, shown: string) => shown };
  const text = formatJob(jobRecord(changes), [], { progress: '', isDeleted: false, terminal });
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
