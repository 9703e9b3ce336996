import { expect, it } from 'vitest';
import { after, jobRecord, unitRecord } from '../../test/job-fixtures.ts';
import { followedProgress } from './job-progress.ts';

const now = after(10);

it('starts with a file that is uploaded but has no record', () => {
  expect(followedProgress(null, [], now)).toEqual({ phase: 'uploaded', fraction: 0 });
  expect(followedProgress(jobRecord(), [], now)).toEqual({
    phase: 'queued',
    fraction: 0,
    waitsFor: 'its launch',
  });
});

it('says how fast a job is encoded and how long it takes, once that is measured', () => {
  const running = jobRecord({ status: 'running' });
  const plan = unitRecord('plan', { state: 'done', videoUnits: 1, audioUnits: 0 });
  const video = (changes: object) => unitRecord('video-00001', { claimedAt: after(4), ...changes });
  expect(followedProgress(running, [plan, video({ updatedAt: after(4) })], now)).toEqual({
    phase: 'encoding',
    fraction: expect.closeTo(0.02),
  });
  const pace = { speed: 1.5, etaSeconds: 8, tracks: {} };
  const measured = video({ progress: 0.5, pace, updatedAt: after(9) });
  expect(followedProgress(running, [plan, measured], now)).toEqual({
    ...{ phase: 'encoding', fraction: expect.closeTo(0.46), speed: 1.5 },
    etaSeconds: expect.any(Number),
  });
});
