import type { JobRecord, PublishedRendition } from '@fyrestream/events';
import type { Finding } from '../doctor/finding.ts';
import type { Terminal } from '../terminal.ts';
import type { Colour } from '../terminal-text.ts';
import { drawKeyValues, drawTable } from './draw-table.ts';
import { formatBitrate, formatBytes, formatDuration, formatStatus, formatTime } from './format-values.ts';
import { type StageDuration, secondsBetween } from './stage-durations.ts';

/** One line per job. */
export function jobsTable(jobs: readonly JobRecord[], terminal: Pick<Terminal, 'colour'>): string {
  const rows = jobs.map((job) => [
    job.jobId,
    formatStatus(job.status, terminal),
    formatTime(job.updatedAt),
    durationOf(job),
    formatBytes(job.upload.sizeBytes),
    job.upload.key,
    noteOf(job),
  ]);
  const aligns = ['left', 'left', 'left', 'right', 'right', 'left', 'left'] as const;
  return drawTable(['JOB', 'STATUS', 'CHANGED', 'TOOK', 'SIZE', 'FILE', 'REASON'], rows, [...aligns]);
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

/** One line per published rendition. */
export function renditionsTable(renditions: readonly PublishedRendition[]): string {
  const rows = renditions.map((rendition) => [
    rendition.name,
    rendition.width === null ? rendition.kind : `${rendition.width}×${rendition.height}`,
    rendition.codec,
    formatBitrate(rendition.averageBitrateBitsPerSecond),
    formatBytes(rendition.sizeBytes),
  ]);
  const aligns = ['left', 'left', 'left', 'right', 'right'] as const;
  return drawTable(['RENDITION', 'RESOLUTION', 'CODEC', 'BITRATE', 'SIZE'], rows, [...aligns]);
}

/** One line per step of a job. */
export function stagesTable(steps: readonly StageDuration[]): string {
  const rows = steps.map(({ name, seconds }) => [name, formatDuration(seconds)]);
  return drawTable(['STEP', 'TOOK'], rows, ['left', 'right']);
}

const marks: Record<Finding['verdict'], readonly [string, Colour]> = {
  well: ['✓', 'green'],
  wrong: ['✗', 'red'],
  unknown: ['–', 'dim'],
};

/** One line per finding of the doctor. */
export function findingsTable(findings: readonly Finding[], terminal: Pick<Terminal, 'colour'>): string {
  return drawKeyValues(
    findings.map(({ about, verdict, message }) => {
      const [mark, colour] = marks[verdict];
      return [terminal.colour(colour, `${mark} ${about}`), message];
    }),
  );
}
