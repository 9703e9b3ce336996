import { expect, it } from 'vitest';
import { after, jobRecord, unitRecord } from '../../test/job-fixtures.ts';
import { stageDurations } from './stage-durations.ts';

const done = (unitId: string, seconds: number, owner = 'attempt-1-slot-0') =>
  unitRecord(unitId, { state: 'done', owner, updatedAt: after(seconds) });

it('the units of one worker run in sequence', () => {
  const job = jobRecord({ status: 'succeeded', startedAt: after(3), finishedAt: after(30) });
  const units = [done('assembly', 30), done('audio', 7), done('plan', 5), done('video-00001', 25)];
  expect(stageDurations(job, units)).toEqual([
    { name: 'admission', seconds: 2 },
    { name: 'start of the worker', seconds: 1 },
    { name: 'plan', seconds: 2 },
    { name: 'audio', seconds: 2 },
    { name: 'video-00001', seconds: 18 },
    { name: 'assembly', seconds: 5 },
  ]);
});

it('the units of two workers run in parallel, and the assembly starts after both', () => {
  const job = jobRecord({ status: 'succeeded', startedAt: after(3), finishedAt: after(30) });
  const other = 'attempt-1-slot-1';
  const units = [
    done('plan', 5),
    done('video-00001', 20),
    done('video-00002', 24, other),
    done('assembly', 30),
  ];
  expect(stageDurations(job, units).slice(2)).toEqual([
    { name: 'plan', seconds: 2 },
    { name: 'video-00001', seconds: 15 },
    { name: 'video-00002', seconds: 19 },
    { name: 'assembly', seconds: 6 },
  ]);
});

it('the assembly counts as done once the job has succeeded', () => {
  const job = jobRecord({ status: 'succeeded', startedAt: after(3), updatedAt: after(30) });
  const units = [done('plan', 5), unitRecord('assembly', { updatedAt: after(28) })];
  expect(stageDurations(job, units).at(-1)).toEqual({ name: 'assembly', seconds: 25 });
});

it('a job that never started has only the admission', () => {
  expect(stageDurations(jobRecord(), [])).toEqual([{ name: 'admission', seconds: 2 }]);
});
