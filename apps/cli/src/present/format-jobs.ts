import type { JobRecord } from '@fyrestream/events';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import type { ListedJob } from '../ledger/list-job-progress.ts';
import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import { drawTable } from './draw-table.ts';
import { formatBytes, formatDuration, formatStatus, formatTime } from './format-values.ts';
import { secondsBetween } from './stage-durations.ts';

/** The columns of the widest status, and of the space after it. */
const statusColumns = 11;

/**
 * The lines of a list of jobs: a table, or several lines per job where the table is wider than the terminal.
 * @param columns of the terminal; null where the output is no terminal, so that every job has one line
 * @returns the lines of each job; those of the first one include the headings
 */
export function formatJobs(
  jobs: readonly ListedJob[],
  { colour, columns, cut = false }: JobsFormat,
): string[][] {
  const table = jobsTable(jobs, { colour }).split('\n');
  const isTooWide = columns !== null && table.some((line) => stringWidth(line) >= columns);
  if (isTooWide) return jobs.map((job) => stackedJob(job, { colour, columns, cut }));
  const [headings = '', ...rows] = table;
  return rows.map((row, index) => (index === 0 ? [headings, row] : [row]));
}

interface JobsFormat extends Pick<Terminal, 'colour'> {
  readonly columns: number | null;
  /** Whether a text that is wider than the terminal is shortened; otherwise the terminal wraps it. */
  readonly cut?: boolean;
}

function jobsTable(jobs: readonly ListedJob[], terminal: Pick<Terminal, 'colour'>): string {
  const rows = jobs.map(({ job, progress }) => [
    job.jobId,
    formatStatus(job.status, terminal),
    progress,
    formatTime(job.updatedAt),
    durationOf(job),
    formatBytes(job.upload.sizeBytes),
    job.upload.key,
    noteOf(job),
  ]);
  const aligns = ['left', 'left', 'left', 'left', 'right', 'right', 'left', 'left'] as const;
  const headings = ['JOB', 'STATUS', 'PROGRESS', 'CHANGED', 'TOOK', 'SIZE', 'FILE', 'REASON'];
  return drawTable(headings, rows, [...aligns]);
}

/** The status and the file, then everything else below the file, as many facts on a line as fit. */
function stackedJob(
  { job, progress }: ListedJob,
  { colour, columns, cut }: { colour: Terminal['colour']; columns: number; cut: boolean },
): string[] {
  const width = columns - statusColumns - 1;
  const took = durationOf(job);
  const facts = [
    progress,
    noteOf(job),
    formatTime(job.updatedAt),
    took && `took ${took}`,
    formatBytes(job.upload.sizeBytes),
    job.jobId,
  ].map(toOneLine);
  const lines = [toOneLine(job.upload.key), ...joinIntoLines(facts.filter(Boolean), width)].map((line) =>
    cut ? cliTruncate(line, width, { position: 'middle' }) : line,
  );
  const gap = ' '.repeat(statusColumns - job.status.length);
  return lines.map((line, index) =>
    index === 0
      ? `${formatStatus(job.status, { colour })}${gap}${line}`
      : `${' '.repeat(statusColumns)}${line}`,
  );
}

function joinIntoLines(facts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const longer = lines.length === 0 ? fact : `${lines.at(-1)}  ${fact}`;
    if (lines.length === 0 || stringWidth(longer) > width) lines.push(fact);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** The reason of the status, or what is wrong with the source of published files. */
function noteOf({ reason, outputs }: JobRecord): string {
  if (reason !== null) return reason.code;
  const kinds = new Set(outputs?.leftOut.map(({ kind }) => kind).filter((kind) => !minorKinds.has(kind)));
  const notes = [
    ...(outputs?.damage == null ? [] : ['damaged source']),
    ...(kinds.size === 0 ? [] : [`left out: ${[...kinds].join(', ')}`]),
  ];
  return notes.join('; ');
}

/** Files of nearly every camera contain these, and they are always left out. */
const minorKinds = new Set(['data', 'attachment', 'chapters']);

function durationOf(job: JobRecord): string {
  const seconds = secondsBetween(job.createdAt, job.finishedAt);
  return seconds === null ? '' : formatDuration(seconds);
}
