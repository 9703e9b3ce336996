import type { Progress } from '@fyrestream/operations';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { drawProgress } from './draw-progress.ts';
import { newFileProgress, updateFileProgress } from './file-progress.ts';

const file = (name: string, ...reports: Progress[]) =>
  reports.reduce(
    (progress, report, second) => updateFileProgress(progress, report, second * 1_000),
    newFileProgress(name),
  );
const encoding = file(
  'holiday.mov',
  ...[0, 0.1, 0.2, 0.3].map((fraction) => ({ phase: 'encoding', fraction }) as const),
);
const waiting = file('b.mov', {
  phase: 'queued',
  fraction: 0,
  waitsFor: 'a free place',
  queue: { place: 3, length: 12 },
});

it('one file: a spinner, its bar, percentage and phase, the time so far and the time left', () => {
  expect(drawProgress([encoding], { columns: 80, rows: 24 }, 3_000)).toEqual([
    `⠋ holiday.mov ${'━'.repeat(7)}${'─'.repeat(19)}  30% encoding, 3s, 7s left`,
  ]);
});

it('a narrow terminal has no bar, and keeps all that is said', () => {
  expect(drawProgress([encoding, waiting], { columns: 60, rows: 10 }, 4_000)).toEqual([
    '⠋ holiday.mov  30% encoding, 4s, 6s left',
    '⠋ b.mov       waits for a free place, 3 of 12, 4s',
    '⠋ 1 queued, 0 done, 1 at work, 4s',
  ]);
});

it('a wide terminal also has the speed, and the time left is the one that the workers measured', () => {
  const measured = file('holiday.mov', { phase: 'encoding', fraction: 0.3, speed: 1.84, etaSeconds: 65 });
  expect(drawProgress([measured], { columns: 120, rows: 24 }, 3_000)).toEqual([
    `⠋ holiday.mov ${'━'.repeat(12)}${'─'.repeat(28)}  30% encoding, 3s, 1m 2s left, 1.8x`,
  ]);
});

it('the clip that is being made has no percentage', () => {
  const [line] = drawProgress(
    [file('sample.mp4', { phase: 'making', fraction: 0 })],
    { columns: 60, rows: 9 },
    2_000,
  );
  expect(line).toBe('⠋ sample.mp4 making, 2s');
});

it('in a terminal of any size the lines fit, the last one has the numbers, and files at work are shown first', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 300 }),
      fc.integer({ min: 2, max: 60 }),
      fc.array(fc.constantFrom(encoding, waiting, file('映画'.repeat(40))), { minLength: 2, maxLength: 60 }),
      (columns, rows, files) => {
        const lines = drawProgress(files, { columns, rows }, 5_000);
        expect(lines.length).toBe(Math.min(files.length + 1, rows - 1));
        for (const line of lines) expect(stringWidth(line)).toBeLessThan(columns);
        expect(lines.at(-1)).toMatch(/^⠋ \d+ queued, \d/);
        const firstWaiting = lines.findIndex((line) => !line.includes('%'));
        expect(lines.slice(firstWaiting).some((line) => line.includes('%'))).toBe(false);
      },
    ),
  );
});
