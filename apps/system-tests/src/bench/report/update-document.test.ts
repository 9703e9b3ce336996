import { expect, it } from 'vitest';
import type { BenchReport } from './bench-report.ts';
import { toResult } from './to-result.ts';
import { updateDocument } from './update-document.ts';

const report: BenchReport = {
  version: 1,
  date: '2026-11-30T10:00:00.000Z',
  command: 'pnpm bench --rows d',
  machine: {
    cpuModel: 'Xeon',
    cores: 2,
    memoryGibibytes: 23.4,
    ffmpegVersion: '5.1.9',
    nodeVersion: '24.21.0',
    commit: 'abc1234',
    loadAverage: 0.2,
  },
  material: '60 s of 1920x1080',
  rows: [
    { id: 'd', title: 'Split', results: [toResult('CPU', 'x', [1.02])], details: [], notes: ['One unit.'] },
  ],
};
const document =
  'A\n<!-- bench c -->\nkept\n<!-- /bench c -->\nB\n<!-- bench d -->\nold\n<!-- /bench d -->\nC\n';

it('replaces the tables of the rows that were run, with date, command and machine, and keeps all others', () => {
  const updated = updateDocument(document, report);
  expect(updated).toContain(
    'A\n<!-- bench c -->\nkept\n<!-- /bench c -->\nB\n<!-- bench d -->\n\nMeasured on 2026-11-30',
  );
  expect(updated).toContain('by `pnpm bench --rows d`. Xeon, 2 cores, 23 GiB');
  expect(updated).toContain('| CPU    | 1.020 x |');
  expect(updated).not.toContain('old');
  expect(updated).toMatch(/- One unit\.\n\n<!-- \/bench d -->\nC\n$/);
});

it('gives the same document when it is written again', () => {
  const once = updateDocument(document, report);
  expect(updateDocument(once, report)).toBe(once);
});

it('names the row that a document has no place for', () => {
  expect(() => updateDocument('nothing', report)).toThrow(
    expect.objectContaining({
      code: 'no-place-for-row',
      message: expect.stringContaining('<!-- bench d -->'),
    }),
  );
});
