import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JobRecord } from '../job-record.ts';
import type { UnitRecord } from '../unit-record.ts';
import { jobProgress } from './job-progress.ts';
import { jobProgressSchema } from './progress-schema.ts';

const time = (seconds: number) =>
  new Date(Date.parse('2026-11-23T10:00:00.000Z') + seconds * 1_000).toISOString();
const unit = (unitId: string, changes: Partial<UnitRecord> = {}): UnitRecord => ({
  ...{ jobId: 'a'.repeat(26), unitId, state: 'claimed', token: 1, owner: 'attempt-1-slot-0' },
  ...{ claimedAt: time(0), leaseUntil: time(100), progress: 0, updatedAt: time(10) },
  ...changes,
});
const done = (unitId: string, changes: Partial<UnitRecord> = {}) =>
  unit(unitId, { state: 'done', progress: 1, ...changes });
const planOf = (videoUnits: number, audioUnits: number) => done('plan', { videoUnits, audioUnits });
const pace = (speed: number, etaSeconds: number, tracks: Record<string, number> = {}) => ({
  ...{ speed, etaSeconds, tracks },
});
const job = (status: JobRecord['status']) => ({ status, launch: null });
const progressOf = (units: readonly UnitRecord[], seconds = 10) =>
  jobProgress(job('running'), units, time(seconds));

it('goes through planning, encoding and assembling', () => {
  expect(progressOf([unit('plan')]).phase).toBe('planning');
  expect(progressOf([planOf(1, 0)]).phase).toBe('encoding');
  const half = progressOf([planOf(1, 0), unit('video-00001', { progress: 0.5 })]);
  expect(half).toMatchObject({ phase: 'encoding', fraction: expect.closeTo(0.46) });
  const assembling = progressOf([planOf(1, 0), done('video-00001'), unit('assembly')]);
  expect(assembling).toMatchObject({ phase: 'assembling', fraction: expect.closeTo(0.9) });
});

it('counts the parts of a long video that no worker has claimed yet, and those verified beside the encoding', () => {
  const begun = [planOf(10, 1), done('audio'), unit('video-00001', { progress: 0.5 })];
  const encoded = 0.02 + 0.84 * (0.1 + 0.05 * 0.9);
  expect(progressOf(begun)).toMatchObject({
    fraction: expect.closeTo(encoded),
    videoUnits: { done: 0, total: 10 },
  });
  const verified = [
    ...begun,
    done('verification-audio'),
    unit('verification-video-00001', { progress: 0.5 }),
  ];
  expect(progressOf(verified).fraction).toBeCloseTo(encoded + 0.1 * (1.5 / 11));
});

it('reads the records of earlier releases, which say neither how many units there are nor how fast they are', () => {
  const records = [done('plan'), done('audio'), unit('video-00001', { progress: 0.5 })];
  expect(progressOf(records)).toEqual({
    ...{ phase: 'encoding', fraction: expect.closeTo(0.02 + 0.88 * 0.55), speed: null, etaSeconds: null },
    videoUnits: { done: 0, total: 1 },
    units: records.map(({ unitId, state, progress }) => ({
      ...{ unitId, kind: unitId.startsWith('video') ? 'video' : unitId, state },
      ...{ fraction: progress, speed: null, etaSeconds: state === 'done' ? 0 : null },
    })),
    tracks: [],
  });
});

it('the speed and the time left are those of all workers together', () => {
  const units = [
    planOf(4, 0),
    unit('video-00001', { progress: 0.5, pace: pace(2, 10) }),
    unit('video-00002', { progress: 0.25, pace: pace(1, 30) }),
  ];
  const { speed, etaSeconds, units: shown } = progressOf(units);
  expect(speed).toBe(3);
  // 3.25 of 4 parts are left; in a second 0.05 and 0.025 of one are encoded.
  const encodeSeconds = 3.25 / 0.075;
  expect(etaSeconds).toBeCloseTo(encodeSeconds + (10 + encodeSeconds) * (0.04 / 0.94));
  expect(shown[1]).toEqual({
    ...{ unitId: 'video-00001', kind: 'video', state: 'claimed', fraction: 0.5, speed: 2, etaSeconds: 10 },
  });
  // What was reported four seconds ago takes four seconds less now.
  expect(progressOf(units, 14).units[1]?.etaSeconds).toBe(6);
});

it('the last parts take as long as the slowest of them', () => {
  const units = [
    ...[planOf(2, 0), done('verification-video-00001')],
    ...[done('video-00001'), unit('video-00002', { progress: 0.9, pace: pace(1, 60) })],
  ];
  expect(progressOf(units).etaSeconds).toBeGreaterThanOrEqual(60);
});

it('what an interrupted worker measured says nothing about the next one', () => {
  const measured = { progress: 0.5, pace: pace(2, 10) };
  const open = unit('video-00001', { ...measured, state: 'open' });
  const claimed = unit('video-00001', { ...measured, claimedAt: time(10), updatedAt: time(10) });
  for (const again of [open, claimed]) {
    const progress = progressOf([planOf(1, 0), again]);
    expect(progress).toMatchObject({ speed: null, etaSeconds: null, fraction: expect.closeTo(0.46) });
  }
});

it('a rendition is as far as all of its parts together, encoded and verified', () => {
  const tracks = { 'h264-720': 0.5, 'h264-240': 0.75 };
  const units = [
    ...[planOf(2, 1), done('audio', { pace: pace(20, 0, { 'audio-1': 1 }) })],
    ...[done('video-00001'), unit('video-00002', { progress: 0.5, pace: pace(2, 8, tracks) })],
    unit('verification-video-00001', { pace: pace(1, 1, { 'h264-720': 0.5 }) }),
    done('verification-audio'),
  ];
  expect(progressOf(units).tracks).toEqual([
    ...[
      { trackId: 'h264-720', kind: 'video', fraction: 0.75, verifiedFraction: 0.25, speed: 2, etaSeconds: 8 },
    ],
    {
      ...{ trackId: 'h264-240', kind: 'video', fraction: 0.875, verifiedFraction: 0, speed: 3 },
      etaSeconds: expect.closeTo(0.25 / (0.0625 * 1.5)),
    },
    { trackId: 'audio-1', kind: 'audio', fraction: 1, verifiedFraction: 1, speed: null, etaSeconds: 0 },
  ]);
});

it('is 1 when the job has succeeded, and keeps what was done where it ended otherwise', () => {
  const units = [planOf(1, 0), unit('video-00001', { progress: 0.5 })];
  expect(jobProgress(job('succeeded'), units, time(10))).toMatchObject({ phase: 'succeeded', fraction: 1 });
  for (const status of ['failed', 'cancelled', 'queued', 'held'] as const)
    expect(jobProgress(job(status), units, time(10))).toMatchObject({
      ...{ phase: status, fraction: expect.closeTo(0.46), speed: null, etaSeconds: null },
    });
});

const unitIds = [
  ...['audio', 'video-00001', 'video-00002', 'video-00003'],
  ...['verification-audio', 'verification-video-00001', 'verification-video-00003', 'assembly'],
];
const anyPace = fc.record({
  speed: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
  etaSeconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
  tracks: fc.dictionary(fc.constantFrom('h264-240', 'audio-1'), fc.double({ min: 0, max: 1, noNaN: true })),
});
const anyUnit = fc.record(
  {
    unitId: fc.constantFrom(...unitIds),
    state: fc.constantFrom('open' as const, 'claimed' as const, 'done' as const),
    progress: fc.double({ min: 0, max: 1, noNaN: true }),
    pace: anyPace,
  },
  { requiredKeys: ['unitId', 'state', 'progress'] },
);

it('the answer has the stated shape for all units', () => {
  const units = fc.uniqueArray(anyUnit, { selector: ({ unitId }) => unitId });
  fc.assert(
    fc.property(units, fc.boolean(), fc.integer({ min: 0, max: 100 }), (found, isPlanned, seconds) => {
      const records = found.map(({ unitId, ...changes }) => unit(unitId, changes));
      const progress = progressOf([...(isPlanned ? [planOf(3, 1)] : []), ...records], seconds);
      expect(jobProgressSchema.parse(progress)).toEqual(progress);
    }),
  );
});

it('the fraction never falls while units are claimed, reported, released and finished by any worker', () => {
  const step = fc.record({
    unitId: fc.constantFrom(...unitIds),
    kind: fc.constantFrom('claim', 'report', 'release', 'finish'),
    more: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.constantFrom(1, 3), fc.array(step), (videoUnits, steps) => {
      const records = new Map([['plan', planOf(videoUnits, 1)]]);
      let before = progressOf([...records.values()]);
      for (const { unitId, kind, more } of steps) {
        // An undivided video has one unit.
        if (videoUnits === 1 && /[23]$/.test(unitId)) continue;
        const last = records.get(unitId);
        if (last?.state === 'done') continue;
        const progress = (last?.progress ?? 0) + (1 - (last?.progress ?? 0)) * (kind === 'report' ? more : 0);
        const state = ({ claim: 'claimed', report: 'claimed', release: 'open', finish: 'done' } as const)[
          kind as 'claim'
        ];
        records.set(unitId, unit(unitId, { state, progress, pace: pace(1, 1, { 'h264-240': progress }) }));
        const now = progressOf([...records.values()]);
        expect(now.fraction).toBeGreaterThanOrEqual(before.fraction - 1e-9);
        for (const track of before.tracks) {
          const later = now.tracks.find(
            ({ trackId, kind }) => trackId === track.trackId && kind === track.kind,
          );
          expect(later?.fraction).toBeGreaterThanOrEqual(track.fraction - 1e-9);
        }
        before = now;
      }
    }),
  );
});
