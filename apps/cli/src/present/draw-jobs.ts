import { jobStatusSchema } from '@fyrestream/events';
import cliTruncate from 'cli-truncate';
import type { ListedJob } from '../ledger/list-job-progress.ts';
import type { Terminal } from '../terminal.ts';
import type { ScreenSize } from '../terminal-screen.ts';
import { formatJobRows } from './format-jobs.ts';
import { formatTime } from './format-values.ts';

/**
 * The lines of `jobs --watch`: the time and the numbers of jobs, then the jobs that fit. Fewer lines than `rows`, each shorter
 * than `columns`.
 * @param now ISO 8601
 */
export function drawJobs(
  jobs: readonly ListedJob[],
  { columns, rows }: ScreenSize,
  { colour, now }: Pick<Terminal, 'colour'> & { now: string },
): string[] {
  const all = formatJobRows(jobs, { colour, columns });
  // One row for the first line, one for the cursor.
  const lines = all.slice(0, Math.max(0, rows - 2));
  const counts = jobStatusSchema.options
    .map((status) => [jobs.filter(({ job }) => job.status === status).length, status] as const)
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`);
  const numbers = jobs.length === 0 ? ['no jobs'] : counts;
  const hidden = all.length - lines.length;
  const first = [formatTime(now), ...numbers, ...(hidden > 0 ? [`${hidden} not shown`] : [])].join(', ');
  return [cliTruncate(first, columns - 1), ...lines];
}
