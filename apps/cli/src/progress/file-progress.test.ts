import type { Progress } from '@fyrestream/operations';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOver, newFileProgress, secondsLeft, updateFileProgress } from './file-progress.ts';

type Report = [Progress['phase'], number];

function reported(reports: readonly Report[], uploadShare = 0.2) {
  return reports.reduce(
    (file, [phase, fraction], second) => updateFileProgress(file, { phase, fraction }, second * 1_000),
    newFileProgress('a.mp4', { uploadShare }),
  );
}

it('the upload is the first part of the bar', () => {
  const shown = (...reports: Report[]) => reported(reports).fraction;
  expect(shown(['uploading', 0.5])).toBeCloseTo(0.1);
  expect(shown(['uploading', 1], ['uploaded', 0])).toBeCloseTo(0.2);
  expect(shown(['encoding', 0.5])).toBeCloseTo(0.6);
  expect(reported([['uploading', 0.94]], 1).fraction).toBeCloseTo(0.94);
});

it('the bar never falls, whatever is reported', () => {
  const phase = fc.constantFrom<Progress['phase']>(
    ...([
      'uploading',
      'uploaded',
      'waiting',
      'queued',
      'planning',
      'encoding',
      'unreachable',
      'failed',
    ] as const),
  );
  const report = fc.tuple(phase, fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(report, { minLength: 1 }), (reports) => {
      const before = reported(reports.slice(0, -1));
      const after = reported(reports);
      expect(after.fraction).toBeGreaterThanOrEqual(before.fraction);
      expect(after.fraction).toBeLessThanOrEqual(1);
    }),
  );
});

it('the time left follows the pace of the stage, and is not guessed from little', () => {
  const steady: Report[] = [0, 0.1, 0.2, 0.3].map((fraction) => ['encoding', fraction]);
  expect(secondsLeft(reported(steady.slice(0, 2)), 1_000)).toBeNull();
  expect(secondsLeft(reported(steady), 3_000)).toBeCloseTo(7);
  // Without a new report, the time runs on, and ends.
  expect(secondsLeft(reported(steady), 8_000)).toBeCloseTo(2);
  expect(secondsLeft(reported(steady), 60_000)).toBeNull();
  // The upload says nothing about the job, and an attempt that starts again nothing about the next one.
  const uploads: Report[] = [0, 0.5, 1].map((fraction) => ['uploading', fraction]);
  expect(secondsLeft(reported([...uploads, ...steady.slice(0, 1)]), 3_000)).toBeNull();
  expect(secondsLeft(reported([...steady, ['encoding', 0.1]]), 4_000)).toBeNull();
});

it('is over with its job, or with its upload where no job is followed', () => {
  expect(isOver(reported([]))).toBe(false);
  expect(isOver(reported([['uploaded', 0]]))).toBe(false);
  expect(isOver(reported([['uploaded', 0]], 1))).toBe(true);
  for (const phase of ['succeeded', 'failed', 'held', 'cancelled'] as const)
    expect(isOver(reported([[phase, 0]]))).toBe(true);
});
