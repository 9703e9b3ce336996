import { after, jobRecord } from '@fyrestream/operations/test/job-fixtures';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { ListedJob } from '../ledger/list-job-progress.ts';
import { drawJobs } from './draw-jobs.ts';
import { formatJobs } from './format-jobs.ts';

const colour = (_: string, text: string) => text;
const upload = (key: string) => ({ ...jobRecord().upload, key });
const jobs: ListedJob[] = [
  {
    job: jobRecord({ status: 'running', startedAt: after(3), upload: upload('videos/holiday.mov') }),
    progress: 'encoding 47%',
  },
  {
    job: jobRecord({
      upload: upload('videos/映画.mov'),
      reason: { code: 'all-places-taken', message: 'm', retryable: true },
      waitCount: 1,
    }),
    progress: 'waits for a free place, 3 of 12',
  },
  {
    job: jobRecord({
      status: 'failed',
      finishedAt: after(5),
      reason: { code: 'not-media', message: 'm', retryable: false },
      upload: upload(`videos/${'long '.repeat(30)}name.mov`),
    }),
    progress: '',
  },
];

describe('a list of jobs', () => {
  it('has one line per job where the output is no terminal', () => {
    const lines = formatJobs(jobs, { colour, columns: null });
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^JOB +STATUS +PROGRESS +CHANGED +TOOK +SIZE +FILE +REASON$/);
    expect(lines[1]).toMatch(/ running +encoding 47% +2026-11-23 .* holiday\.mov$|videos\/holiday\.mov$/);
    expect(lines[3]).toMatch(/name\.mov +not-media$/);
  });

  it('is a table in a terminal that is wide enough', () => {
    expect(formatJobs(jobs.slice(0, 2), { colour, columns: 200 })).toHaveLength(3);
  });

  it.each([60, 80])('has the facts of a job below its file in %d columns, none cut', (columns) => {
    const lines = formatJobs(jobs.slice(0, 2), { colour, columns });
    expect(lines[0]).toBe('running    videos/holiday.mov');
    for (const line of lines) {
      expect(stringWidth(line)).toBeLessThan(columns);
      expect(line).toMatch(/^(running {4}|queued {5}| {11})\S/);
    }
    expect(lines.join(' ')).toMatch(
      /waits for a free place, 3 of 12 .*all-places-taken .*\d\d:\d\d:\d\d .*12\.3 MB .*abcdefghijklm/,
    );
    // The terminal wraps a longer name.
    const failed = formatJobs(jobs.slice(2), { colour, columns }).join(' ');
    expect(failed).toMatch(/long long name\.mov +not-media .*took 3s/);
  });
});

it.each([
  { columns: 80, rows: 24 },
  { columns: 60, rows: 10 },
  { columns: 200, rows: 50 },
  { columns: 20, rows: 3 },
])(
  'the watched list fits into $columns × $rows, and says how many jobs it does not show',
  ({ columns, rows }) => {
    const many = Array.from({ length: 30 }, (_, index) => jobs[index % 3]).filter((job) => job !== undefined);
    const lines = drawJobs(many, { columns, rows }, { colour, now: after(0) });
    expect(lines.length).toBeLessThan(rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThan(columns);
    if (columns > 60) expect(lines[0]).toMatch(/, 10 queued, 10 running, 10 failed/);
    const shown = lines.filter((line) => /^(running|queued|failed) /.test(line)).length;
    expect(shown).toBe(Math.min(30, rows - 2));
    if (columns === 80) expect(lines[0]).toContain(`${30 - shown} not shown`);
    if (columns === 60) {
      expect(lines.slice(1, 4)).toEqual([
        'running    holiday.mov      encoding 47%',
        'queued     映画.mov         waits for a free place, 3 of 12',
        'failed     long lo…ame.mov  not-media',
      ]);
    }
  },
);
