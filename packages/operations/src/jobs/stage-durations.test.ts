import { expect, it } from 'vitest';
import { after, jobRecord, unitRecord } from '../../test/job-fixtures.ts';
import { stageDurations } from './stage-durations.ts';

const done = (unitId: string, from: number, to: number) =>
  unitRecord(unitId, { state: 'done', claimedAt: after(from), launchedAt: after(2.5), updatedAt: after(to) });

it('the units of one worker', () => {
  const job = jobRecord({ status: 'succeeded', startedAt: after(3), finishedAt: after(30) });
  const units = [
    done('assembly', 25, 30),
    done('audio', 5, 7),
    done('plan', 3.5, 5),
    done('video-00001', 7, 25),
  ];
  expect(stageDurations(job, units)).toEqual([
    { name: 'admission', seconds: 2 },
    { name: 'start of the worker', seconds: 1 },
    { name: 'plan', seconds: 1.5 },
    { name: 'audio', seconds: 2 },
    { name: 'video-00001', seconds: 18 },
    { name: 'assembly', seconds: 5 },
  ]);
});

it('the parts of a divided video are one step, which contains their verification', () => {
  const job = jobRecord({ status: 'succeeded', startedAt: after(3), finishedAt: after(40) });
  const units = [
    done('plan', 3.5, 5),
    done('audio', 5, 7),
    done('video-00001', 5, 15),
    done('video-00002', 15, 25),
    done('verification-audio', 7, 8),
    done('verification-video-00001', 15, 18),
    done('verification-video-00002', 25, 28),
    done('assembly', 28, 30),
  ];
  expect(stageDurations(job, units).slice(2)).toEqual([
    { name: 'plan', seconds: 1.5 },
    { name: '2 parts of the video', seconds: 23 },
    { name: 'assembly', seconds: 2 },
  ]);
});

it('the time that a job waited, or that the cloud was down, is part of no step', () => {
  const hour = 3_600;
  const launch = { state: 'done', launchedAt: after(hour) } as const;
  const units = [
    unitRecord('plan', { ...launch, claimedAt: after(hour + 1), updatedAt: after(hour + 2) }),
    // Claimed again by the next attempt.
    unitRecord('video-00001', { ...launch, claimedAt: after(9 * hour), updatedAt: after(9 * hour + 5) }),
  ];
  expect(stageDurations(jobRecord({ startedAt: after(hour + 1) }), units)).toEqual([
    { name: 'admission', seconds: 2 },
    { name: 'start of the worker', seconds: 1 },
    { name: 'plan', seconds: 1 },
    { name: 'video-00001', seconds: 5 },
  ]);
});

it('the assembly counts as done once the job has succeeded', () => {
  const job = jobRecord({ status: 'succeeded', startedAt: after(3), updatedAt: after(30) });
  const units = [done('plan', 4, 5), unitRecord('assembly', { claimedAt: after(6), updatedAt: after(28) })];
  expect(stageDurations(job, units).at(-1)).toEqual({ name: 'assembly', seconds: 24 });
});

it('a job that never started has only the admission, and units without times are left out', () => {
  expect(stageDurations(jobRecord(), [])).toEqual([{ name: 'admission', seconds: 2 }]);
  expect(stageDurations(jobRecord(), [unitRecord('audio', { state: 'done' })])).toHaveLength(1);
});
