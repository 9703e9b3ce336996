import { assemblyUnitId, type JobRecord, planUnitId, type UnitRecord } from '@fyrestream/events';
import type { Terminal } from '../terminal.ts';
import { colourStatus } from './colour-status.ts';
import { describeLeftOut } from './describe-left-out.ts';
import { formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';
import { formatTaskSize } from './format-task-size.ts';
import { formatTime } from './format-time.ts';
import { jobSteps } from './job-steps.ts';
import { renditionsTable } from './renditions-table.ts';
import { secondsBetween } from './seconds-between.ts';
import { stepsTable } from './steps-table.ts';
import { facts, table } from './table.ts';

/** Everything that is known of a job, for a person: paragraphs, one table each. */
export function describeJob(
  job: JobRecord,
  units: readonly UnitRecord[],
  terminal: Pick<Terminal, 'colour'>,
): string {
  const paragraphs = [facts(factsOf(job, terminal))];
  if (units.length > 0) paragraphs.push(unitsTable(units), stepsTable(jobSteps(job, units)));
  if (job.outputs !== null) paragraphs.push(renditionsTable(job.outputs.renditions));
  return paragraphs.join('\n\n');
}

function factsOf(job: JobRecord, terminal: Pick<Terminal, 'colour'>): [string, string][] {
  const { upload, size } = job;
  const leftOut = job.outputs?.leftOut ?? [];
  const entries: [string, string | null][] = [
    ['job', job.jobId],
    ['file', `${upload.key}, ${formatBytes(upload.sizeBytes)}`],
    ['version', upload.versionId],
    ['status', colourStatus(job.status, terminal)],
    ['reason', job.reason && `${job.reason.message} (${job.reason.code})`],
    ['attempts', attemptsOf(job)],
    ['next attempt', job.nextAttemptAt && formatTime(job.nextAttemptAt)],
    ['task', job.launch?.taskArn ?? null],
    ['runs on', `${formatTaskSize(size)}, ${job.capacity}${job.enlarged ? ', enlarged' : ''}`],
    ['estimate', job.costEstimateUsd === null ? null : `$${job.costEstimateUsd.toFixed(4)}`],
    ['uploaded', formatTime(upload.uploadedAt)],
    ['admitted', formatTime(job.createdAt)],
    ['started', job.startedAt && formatTime(job.startedAt)],
    ['finished', finishedOf(job)],
    ['outputs', job.outputs?.masterKey ?? null],
    ['', job.outputs?.manifestKey ?? null],
    ['', job.outputs?.certificateKey ?? null],
    ['damage', job.outputs?.damage ?? null],
    ...leftOut.map((entry, index): [string, string] => [
      index === 0 ? 'left out' : '',
      describeLeftOut(entry),
    ]),
    ['to announce', job.owed.map(({ kind }) => kind).join(', ') || null],
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== null);
}

function attemptsOf({ attempt, failureCount, interruptionCount, waitCount }: JobRecord): string {
  const parts = [
    failureCount > 0 && `${failureCount} failed`,
    interruptionCount > 0 && `${interruptionCount} interrupted`,
    waitCount > 0 && `${waitCount} waited for a place`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? String(attempt) : `${attempt} (${parts.join(', ')})`;
}

function finishedOf(job: JobRecord): string | null {
  if (job.finishedAt === null) return null;
  const took = secondsBetween(job.createdAt, job.finishedAt) ?? 0;
  return `${formatTime(job.finishedAt)}, after ${formatDuration(took)}`;
}

function unitsTable(units: readonly UnitRecord[]): string {
  const inOrder = units.toSorted((a, b) => placeOf(a) - placeOf(b) || a.unitId.localeCompare(b.unitId));
  const rows = inOrder.map((unit) => [
    unit.unitId,
    unit.state,
    `${Math.round((unit.state === 'done' ? 1 : unit.progress) * 100)}%`,
    String(unit.token),
    unit.owner ?? '',
    formatTime(unit.updatedAt),
  ]);
  const aligns = ['left', 'left', 'right', 'right', 'left', 'left'] as const;
  return table(['UNIT', 'STATE', 'DONE', 'TOKEN', 'OWNER', 'CHANGED'], rows, [...aligns]);
}

/** The plan comes first, the assembly last. */
function placeOf({ unitId }: UnitRecord): number {
  if (unitId === planUnitId) return 0;
  return unitId === assemblyUnitId ? 2 : 1;
}
