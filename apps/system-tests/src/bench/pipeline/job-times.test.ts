import { expect, it } from 'vitest';
import { jobTimesOf } from './job-times.ts';

const startedAt = 1_000_000;
const unit = (unitId: string, claimed: number, done: number) => ({
  unitId,
  claimedAt: startedAt + claimed * 1_000,
  doneAt: startedAt + done * 1_000,
});
const upload = { startedAt, wallSeconds: 26 };

it('divides all of the time of an upload: start, plan, units, assembly with what follows it', () => {
  const times = jobTimesOf(
    [
      unit('plan', 2, 5),
      unit('audio', 5, 6),
      unit('video-00001', 6, 15),
      unit('video-00002', 15, 20),
      unit('assembly', 20, 24),
    ],
    upload,
  );
  expect(times).toEqual({
    ...{ startSeconds: 2, planSeconds: 3, unitSeconds: [1, 9, 5], assemblySeconds: 6 },
    ...{ audioSeconds: 1, videoSeconds: 14 },
  });
});

it('counts no second twice where a unit is verified while the next one is encoded', () => {
  const times = jobTimesOf(
    [unit('plan', 2, 5), unit('video-00001', 5, 17), unit('video-00002', 12, 20), unit('assembly', 20, 24)],
    upload,
  );
  expect(times.unitSeconds).toEqual([9, 6]);
  expect(times.videoSeconds).toBe(15);
});

it('refuses a log without the plan', () => {
  expect(() => jobTimesOf([unit('assembly', 20, 24)], upload)).toThrow(
    expect.objectContaining({ code: 'units-missing' }),
  );
});
