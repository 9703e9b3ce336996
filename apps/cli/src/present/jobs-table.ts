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
    noteOf(job),
  ]);
  const aligns = ['left', 'left', 'left', 'right', 'right', 'left', 'left'] as const;
  return table(['JOB', 'STATUS', 'CHANGED', 'TOOK', 'SIZE', 'FILE', 'REASON'], rows, [...aligns]);
}

/** Why it stands where it stands, or what is wrong with what was published. */
function noteOf({ reason, outputs }: JobRecord): string {
  if (reason !== null) return reason.code;
  const kinds = new Set(outputs?.leftOut.map(({ kind }) => kind).filter((kind) => !minorKinds.has(kind)));
  const notes = [
    ...(outputs?.damage == null ? [] : ['damaged source']),
    ...(kinds.size === 0 ? [] : [`left out: ${[...kinds].join(', ')}`]),
  ];
  return notes.join('; ');
}

/** Left out of nearly every camera's file. */
const minorKinds = new Set(['data', 'attachment', 'chapters']);

function durationOf(job: JobRecord): string {
  const seconds = secondsBetween(job.createdAt, job.finishedAt);
  return seconds === null ? '' : formatDuration(seconds);
}
