import { type JobRecord, uploadPath } from '@fyrestream/events';
import { formatDuration, secondsBetween } from '@fyrestream/operations';
import cliTruncate from 'cli-truncate';
import stringWidth from 'string-width';
import type { ListedJob } from '../ledger/list-job-progress.ts';
import type { Terminal } from '../terminal.ts';
import { toOneLine } from '../terminal-text.ts';
import { drawTable } from './draw-table.ts';
import { formatBytes, formatStatus, formatTime } from './format-values.ts';

/** The columns of the widest status, and of the space after it. */
const statusColumns = 11;
const minFileColumns = 12;

/**
 * The lines of a list of jobs: a table, or several lines per job where the table is wider than the terminal.
 * @param columns of the terminal; null where the output is no terminal, so that every job has one line
 */
export function formatJobs(
  jobs: readonly ListedJob[],
  { colour, columns }: Pick<Terminal, 'colour'> & { columns: number | null },
): string[] {
  const table = jobsTable(jobs, { colour });
  return columns === null || fits(table, columns)
    ? table
    : jobs.flatMap((job) => stackedJob(job, { colour, columns }));
}

/** The same with one line per job in any terminal: where the table is too wide, only status, progress and file. */
export function formatJobRows(
  jobs: readonly ListedJob[],
  { colour, columns }: Pick<Terminal, 'colour'> & { columns: number },
): string[] {
  const table = jobsTable(jobs, { colour });
  if (fits(table, columns)) return table;
  const width = columns - 1 - statusColumns;
  const fileColumns = Math.max(minFileColumns, ...jobs.map(({ job }) => stringWidth(fileOf(job))));
  const progressColumns = Math.max(0, ...jobs.map(({ progress }) => progress.length));
  const shownColumns = Math.min(fileColumns, Math.max(minFileColumns, width - progressColumns - 2));
  return jobs.map(({ job, progress }) => {
    const file = cliTruncate(fileOf(job), shownColumns, { position: 'middle' });
    const gap = ' '.repeat(shownColumns - stringWidth(file) + 2);
    const facts = cliTruncate(`${file}${gap}${progress || noteOf(job)}`, width).trimEnd();
    return `${paddedStatus(job, { colour })}${facts}`;
  });
}

function fileOf({ upload }: JobRecord): string {
  return toOneLine(uploadPath(upload.key));
}

function fits(lines: readonly string[], columns: number): boolean {
  return lines.every((line) => stringWidth(line) < columns);
}

function jobsTable(jobs: readonly ListedJob[], terminal: Pick<Terminal, 'colour'>): string[] {
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
  return drawTable(headings, rows, [...aligns]).split('\n');
}

/** The status and the file, then everything else below the file, as many facts on a line as fit. */
function stackedJob(
  { job, progress }: ListedJob,
  { colour, columns }: Pick<Terminal, 'colour'> & { columns: number },
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
  const lines = joinIntoLines(facts.filter(Boolean), width);
  const indent = ' '.repeat(statusColumns);
  return [
    `${paddedStatus(job, { colour })}${toOneLine(job.upload.key)}`,
    ...lines.map((line) => `${indent}${line}`),
  ];
}

function paddedStatus({ status }: JobRecord, terminal: Pick<Terminal, 'colour'>): string {
  return `${formatStatus(status, terminal)}${' '.repeat(statusColumns - status.length)}`;
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
