import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jobRecord, unitRecord } from '../../test/job-fixtures.ts';
import { jobProgress } from './job-progress.ts';

const running = jobRecord({ status: 'running' });
const done = (unitId: string) => unitRecord(unitId, { state: 'done', progress: 1 });

it('starts with a file that is uploaded but has no record', () => {
  expect(jobProgress(null, [])).toEqual({ phase: 'uploaded', fraction: 0 });
  expect(jobProgress(jobRecord(), [])).toEqual({
    phase: 'queued',
    fraction: 0,
    waitsFor: 'its launch',
  });
});

it('goes through planning, encoding and assembling', () => {
  expect(jobProgress(running, [unitRecord('plan')]).phase).toBe('planning');
  expect(jobProgress(running, [done('plan')]).phase).toBe('encoding');
  const half = jobProgress(running, [done('plan'), unitRecord('video-00001', { progress: 0.5 })]);
  expect(half).toEqual({ phase: 'encoding', fraction: expect.closeTo(0.46) });
  const assembling = jobProgress(running, [done('plan'), done('video-00001'), unitRecord('assembly')]);
  expect(assembling).toEqual({ phase: 'assembling', fraction: expect.closeTo(0.9) });
});

it('counts the parts of a long video that no worker has claimed yet', () => {
  const plan = unitRecord('plan', { state: 'done', videoUnits: 10 });
  const begun = [plan, done('audio'), unitRecord('video-00001', { progress: 0.5 })];
  expect(jobProgress(running, begun).fraction).toBeCloseTo(0.02 + 0.88 * (0.1 + 0.05 * 0.9));
  const more = [
    ...begun,
    done('verification-audio'),
    done('video-00002'),
    unitRecord('verification-video-00002'),
  ];
  expect(jobProgress(running, more).fraction).toBeCloseTo(0.02 + 0.88 * (0.1 + 0.15 * 0.9));
  const whole = [...more, unitRecord('video-whole', { progress: 0.2 })];
  expect(jobProgress(running, whole).fraction).toBeCloseTo(0.02 + 0.88 * (0.1 + 0.2 * 0.9));
});

it('is 1 when the job has succeeded, and 0 when it ended otherwise', () => {
  expect(jobProgress(jobRecord({ status: 'succeeded' }), [])).toEqual({ phase: 'succeeded', fraction: 1 });
  expect(jobProgress(jobRecord({ status: 'failed' }), [])).toEqual({ phase: 'failed', fraction: 0 });
});

it('is between 0 and 1 for all units', () => {
  const unit = fc.record({
    unitId: fc.constantFrom('plan', 'audio', 'video-00001', 'video-00002', 'assembly'),
    state: fc.constantFrom('open' as const, 'claimed' as const, 'done' as const),
    progress: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(unit, { selector: ({ unitId }) => unitId }), (units) => {
      const records = units.map(({ unitId, ...changes }) => unitRecord(unitId, changes));
      const { fraction } = jobProgress(running, records);
      expect(fraction).toBeGreaterThanOrEqual(0);
      expect(fraction).toBeLessThanOrEqual(1.000001);
    }),
  );
});
