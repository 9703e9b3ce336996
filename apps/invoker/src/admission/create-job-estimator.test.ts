import { describe, expect, it } from 'vitest';
import { estimateTestJob } from '../../test/estimate-test-job.ts';

const film = { sizeBytes: 20e9, durationSeconds: 36_000, width: 1920, height: 1080 };
const costOf = (trim?: { from?: number; to?: number }, source: typeof film | { sizeBytes: number } = film) =>
  estimateTestJob(source, { profile: 'default', options: trim === undefined ? {} : { trim } })
    .costEstimateUsd;

describe('a part of a long film', () => {
  it('is not held for the price of all of it', () => {
    const share = costOf() / 10;
    expect(costOf({ from: 3_600, to: 7_200 })).toBeLessThan(1.5 * share);
    expect(costOf({ to: 3_600 })).toBeLessThan(1.5 * share);
    expect(costOf({ from: 32_400 })).toBeLessThan(2.5 * share);
  });

  it('costs as much as the film if it ends behind it', () => {
    expect(costOf({ to: 99_999 })).toBe(costOf());
  });

  it('has the time to decode all before it, as some containers need', () => {
    expect(costOf({ from: 35_990 })).toBeGreaterThan(costOf({ to: 10 }) + costOf() / 20);
  });

  it('is estimated by its own length where the duration of the film is not known', () => {
    const unknown = { sizeBytes: film.sizeBytes };
    expect(costOf({ from: 60, to: 120 }, unknown)).toBeLessThan(costOf(undefined, unknown) / 10);
    expect(costOf({ from: 60 }, unknown)).toBeLessThan(costOf(undefined, unknown));
  });

  it('of a small file without a duration costs no more than the file, however late it ends', () => {
    const small = { sizeBytes: 30e6 };
    for (const to of [86_400, 604_800]) expect(costOf({ to }, small)).toBe(costOf(undefined, small));
  });

  it('gets a disk for all of the source', () => {
    const { size } = estimateTestJob(film, { profile: 'default', options: { trim: { to: 10 } } });
    expect(size.ephemeralStorageGiB).toBeGreaterThan(20);
  });
});
