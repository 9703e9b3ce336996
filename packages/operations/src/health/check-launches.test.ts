import type { JobRecord } from '@fyrestream/events';
import { expect, it } from 'vitest';
import { after, jobRecord } from '../../test/job-fixtures.ts';
import { checkLaunches } from './check-launches.ts';

const message = 'ECS cannot start the task now: Rate exceeded';
const blocked = (code: string, sinceMinutes: number): JobRecord =>
  jobRecord({
    launchBlockedSince: after(sinceMinutes * 60),
    reason: { code, message, retryable: true },
  });

it('F14 a launch that is throttled for more than an hour is a finding with what to do', () => {
  const jobs = [blocked('throttled', 30), blocked('throttled', 0), jobRecord()];
  const finding = checkLaunches(jobs, after(120 * 60));
  expect(finding).toMatchObject({ about: 'launches', verdict: 'wrong' });
  expect(finding.message).toMatch(
    /^2 waiting, the longest for 2h.*: throttled: ECS cannot start the task now/,
  );
  expect(finding.message).toContain('lower fyrestream:maxConcurrentTasks');
});

it('F13 a wait of some minutes, and one for another job, is no finding', () => {
  const jobs = [blocked('no-capacity', 100), jobRecord({ waitCount: 30 })];
  expect(checkLaunches(jobs, after(120 * 60)).verdict).toBe('well');
});
