import {
  additionalLaunches,
  assemblyUnitId,
  isActive,
  type JobRecord,
  planUnitId,
  type UnitRecord,
} from '@fyrestream/events';
import { formatDuration, secondsBetween, stageDurations } from '@fyrestream/operations';
import type { Terminal } from '../terminal.ts';
import { drawKeyValues, drawTable } from './draw-table.ts';
import { formatBytes, formatLeftOut, formatStatus, formatTaskSize, formatTime } from './format-values.ts';
import { renditionsTable, stagesTable } from './tables.ts';

/** Everything that the ledger holds about a job, as tables for a person. */
export function formatJob(
  job: JobRecord,
  units: readonly UnitRecord[],
  {
    progress,
    isDeleted,
    terminal,
  }: { progress: string; isDeleted: boolean; terminal: Pick<Terminal, 'colour'> },
): string {
  const paragraphs = [drawKeyValues(jobFields(job, { progress, isDeleted, terminal }))];
  if (units.length > 0) paragraphs.push(unitsTable(units), stagesTable(stageDurations(job, units)));
  if (job.outputs !== null) paragraphs.push(renditionsTable(job.outputs.renditions));
  return paragraphs.join('\n\n');
}

function jobFields(
  job: JobRecord,
  {
    progress,
    isDeleted,
    terminal,
  }: { progress: string; isDeleted: boolean; terminal: Pick<Terminal, 'colour'> },
): [string, string][] {
  const { upload, size } = job;
  const leftOut = job.outputs?.leftOut ?? [];
  const entries: [string, string | null][] = [
    ['job', job.jobId],
    ['file', `${upload.key}, ${formatBytes(upload.sizeBytes)}`],
    ['version', upload.versionId],
    ['status', formatStatus(job.status, terminal)],
    ['deleted', isDeleted ? 'this upload, or a newer one of its key' : null],
    ['progress', progress || null],
    ['reason', job.reason && `${job.reason.message} (${job.reason.code})`],
    ['attempts', attemptsText(job)],
    ['next attempt', job.nextAttemptAt && formatTime(job.nextAttemptAt)],
    ['task', job.launch?.taskArn ?? null],
    ['workers', workersText(job)],
    ['runs on', `${formatTaskSize(size)}, ${job.capacity}${job.enlarged ? ', enlarged' : ''}`],
    ['estimate', job.costEstimateUsd === null ? null : `$${job.costEstimateUsd.toFixed(4)}`],
    ['uploaded', formatTime(upload.uploadedAt)],
    ['admitted', formatTime(job.createdAt)],
    ['started', job.startedAt && formatTime(job.startedAt)],
    ['finished', finishedText(job)],
    ['outputs', job.outputs?.masterKey ?? null],
    ['', job.outputs?.manifestKey ?? null],
    ['', job.outputs?.certificateKey ?? null],
    ['damage', job.outputs?.damage ?? null],
    ...leftOut.map((entry, index): [string, string] => [index === 0 ? 'left out' : '', formatLeftOut(entry)]),
    ['to announce', job.owed.map(({ kind }) => kind).join(', ') || null],
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== null);
}

function attemptsText({ attempt, failureCount, interruptionCount, waitCount }: JobRecord): string {
  const parts = [
    failureCount > 0 && `${failureCount} failed`,
    interruptionCount > 0 && `${interruptionCount} interrupted`,
    waitCount > 0 && `${waitCount} waited for capacity`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? String(attempt) : `${attempt} (${parts.join(', ')})`;
}

/** Null where the job has one worker. */
function workersText(job: JobRecord): string | null {
  const { wanted = 0, lastSlot = 0 } = job.additional ?? {};
  if (!isActive(job)) return lastSlot === 0 ? null : `${lastSlot} additional ones were launched`;
  const additional = additionalLaunches(job).length;
  if (wanted + additional === 0) return null;
  return `${additional + (job.launch === null ? 0 : 1)} of ${Math.max(wanted, additional) + 1}`;
}

function finishedText(job: JobRecord): string | null {
  if (job.finishedAt === null) return null;
  const took = secondsBetween(job.createdAt, job.finishedAt) ?? 0;
  return `${formatTime(job.finishedAt)}, after ${formatDuration(took)}`;
}

function unitsTable(units: readonly UnitRecord[]): string {
  const inOrder = units.toSorted((a, b) => orderOf(a) - orderOf(b) || a.unitId.localeCompare(b.unitId));
  const rows = inOrder.map((unit) => [
    unit.unitId,
    unit.state,
    `${Math.round((unit.state === 'done' ? 1 : unit.progress) * 100)}%`,
    String(unit.token),
    unit.owner ?? '',
    formatTime(unit.updatedAt),
  ]);
  const aligns = ['left', 'left', 'right', 'right', 'left', 'left'] as const;
  return drawTable(['UNIT', 'STATE', 'DONE', 'TOKEN', 'OWNER', 'CHANGED'], rows, [...aligns]);
}

/** The plan is first, the assembly last. */
function orderOf({ unitId }: UnitRecord): number {
  if (unitId === planUnitId) return 0;
  return unitId === assemblyUnitId ? 2 : 1;
}
