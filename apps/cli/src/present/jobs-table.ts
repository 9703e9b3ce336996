import type { JobRecord } from '@fyrestream/events';
import type { Terminal } from '../terminal.ts';
import { colourStatus } from './colour-status.ts';
import { formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';
import { formatTime } from './format-time.ts';
import { secondsBetween } from './seconds-between.ts';
import { table } from './table.ts';

/** One line per job. */
export function jobsTable(jobs: readonly JobRecord[], terminal: Pick<Terminal, 'colour'>): string {
  const rows = jobs.map((job) => [
    job.jobId,
    colourStatus(job.status, terminal),
    formatTime(job.updatedAt),
    durationOf(job),
    formatBytes(job.upload.sizeBytes),
    job.upload.key,
    job.reason?.code ?? (job.outputs?.damage == null ? '' : 'damaged source'),
  ]);
  const aligns = ['left', 'left', 'left', 'right', 'right', 'left', 'left'] as const;
  return table(['JOB', 'STATUS', 'CHANGED', 'TOOK', 'SIZE', 'FILE', 'REASON'], rows, [...aligns]);
}

function durationOf(job: JobRecord): string {
  const seconds = secondsBetween(job.createdAt, job.finishedAt);
  return seconds === null ? '' : formatDuration(seconds);
}
