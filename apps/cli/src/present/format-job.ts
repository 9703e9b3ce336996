import {
  additionalLaunches,
  isActive,
  type JobProgress,
  type JobRecord,
  jobCostOf,
  type TrackProgress,
  type UnitRecord,
} from '@fyrestream/events';
import { fileName } from '@fyrestream/media';
import { formatDuration, secondsBetween, stageDurations } from '@fyrestream/operations';
import type { Terminal } from '../terminal.ts';
import { drawKeyValues, drawTable } from './draw-table.ts';
import { makingFields } from './format-making.ts';
import {
  formatBytes,
  formatDollars,
  formatFraction,
  formatLeftOut,
  formatSeconds,
  formatSpeed,
  formatStatus,
  formatTaskSize,
  formatTime,
} from './format-values.ts';
import { renditionsTable, stagesTable } from './tables.ts';

/** Everything that the ledger holds about a job, as tables for a person. */
export function formatJob(
  job: JobRecord,
  units: readonly UnitRecord[],
  { measured, ...shown }: ShownFields & { readonly measured: JobProgress },
): string {
  const paragraphs = [drawKeyValues(jobFields(job, shown))];
  if (job.status === 'running' && measured.tracks.length > 0) paragraphs.push(tracksTable(measured));
  if (units.length > 0) paragraphs.push(unitsTable(units, measured), stagesTable(stageDurations(job, units)));
  if (job.outputs !== null) paragraphs.push(renditionsTable(job.outputs.renditions));
  return paragraphs.join('\n\n');
}

interface ShownFields {
  readonly progress: string;
  readonly isDeleted: boolean;
  /** Keys of captions and audio that came after the job was planned. */
  readonly lateFiles: readonly string[];
  readonly terminal: Pick<Terminal, 'colour'>;
}

function jobFields(
  job: JobRecord,
  { progress, isDeleted, lateFiles, terminal }: ShownFields,
): [string, string][] {
  const { upload, size } = job;
  const leftOut = job.outputs?.leftOut ?? [];
  const entries: [string, string | null][] = [
    ['job', job.jobId],
    ['file', `${upload.key}, ${formatBytes(upload.sizeBytes)}`],
    ['version', upload.versionId],
    [
      'edition',
      upload.edition === undefined ? null : `${upload.edition}, of a video that was published before`,
    ],
    ['status', formatStatus(job.status, terminal)],
    ...(job.making === undefined ? [] : makingFields(job.making)),
    ['deleted', isDeleted ? 'this upload, or a newer one of its key' : null],
    ['progress', progress || null],
    ['reason', job.reason && `${job.reason.message} (${job.reason.code})`],
    ['attempts', attemptsText(job)],
    ['next attempt', job.nextAttemptAt && formatTime(job.nextAttemptAt)],
    ['task', job.launch?.taskArn ?? null],
    ['workers', workersText(job)],
    ['runs on', `${formatTaskSize(size)}, ${job.capacity}${job.enlarged ? ', enlarged' : ''}`],
    ['estimate', job.costEstimateUsd === null ? null : formatDollars(job.costEstimateUsd)],
    ...costFields(job),
    ['uploaded', formatTime(upload.uploadedAt)],
    ['admitted', formatTime(job.createdAt)],
    ['started', job.startedAt && formatTime(job.startedAt)],
    ['finished', finishedText(job)],
    ['outputs', job.outputs?.masterKey ?? null],
    ['', job.outputs?.manifestKey ?? null],
    ['', job.outputs?.certificateKey ?? null],
    ['damage', job.outputs?.damage ?? null],
    ...leftOut.map((entry, index): [string, string] => [index === 0 ? 'left out' : '', formatLeftOut(entry)]),
    ...lateFiles.map((key, index): [string, string] => [
      index === 0 ? 'too late' : '',
      `${fileName(key)} came after the job was planned: remake the video to use it`,
    ]),
    ['to announce', job.owed.map(({ kind }) => kind).join(', ') || null],
  ];
  return entries.filter((entry): entry is [string, string] => entry[1] !== null);
}

/** What the tasks that have stopped, and requests and storage, cost. */
function costFields(job: JobRecord): [string, string][] {
  const cost = jobCostOf(job);
  if (cost === null || cost.tasks === 0) return [];
  const { tasks, taskSeconds, spotSeconds } = cost;
  const onSpot = spotSeconds > 0 ? `, ${formatDuration(spotSeconds)} on Spot` : '';
  const { writes = 0, reads = 0 } = job.receipt?.requests ?? {};
  const { files = 0, sizeBytes = 0 } = job.receipt?.storage ?? {};
  return [
    ['cost', `${formatDollars(cost.totalUsd)}${cost.isFinal ? '' : ' so far'}`],
    [
      '',
      `${formatDollars(cost.computeUsd)} for ${tasks} ${tasks === 1 ? 'task' : 'tasks'}, ${formatDuration(taskSeconds)}${onSpot}`,
    ],
    ['', `${formatDollars(cost.requestsUsd)} for requests to S3, ${writes} writing and ${reads} reading`],
    ...(job.receipt?.storage
      ? [
          [
            '',
            `${formatDollars(cost.storageUsdPerMonth)} a month for ${files} files, ${formatBytes(sizeBytes)}`,
          ] as [string, string],
        ]
      : []),
  ];
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

/** Of renditions and audio tracks. */
function tracksTable({ tracks }: JobProgress): string {
  const rows = tracks.map(({ trackId, fraction, verifiedFraction, speed, etaSeconds }) => [
    trackId,
    formatFraction(fraction),
    formatFraction(verifiedFraction),
    ...paceColumns({ speed, etaSeconds: fraction < 1 ? etaSeconds : null }),
  ]);
  const aligns = ['left', 'right', 'right', 'right', 'right'] as const;
  return drawTable(['TRACK', 'ENCODED', 'VERIFIED', 'SPEED', 'LEFT'], rows, [...aligns]);
}

function unitsTable(units: readonly UnitRecord[], { units: measured }: JobProgress): string {
  const rows = measured.flatMap(({ unitId, state, fraction, speed, etaSeconds }) => {
    const unit = units.find((one) => one.unitId === unitId);
    if (unit === undefined) return [];
    const pace = paceColumns({ speed, etaSeconds: state === 'done' ? null : etaSeconds });
    const { token, owner, updatedAt } = unit;
    return [
      [unitId, state, formatFraction(fraction), ...pace, String(token), owner ?? '', formatTime(updatedAt)],
    ];
  });
  const aligns = ['left', 'left', 'right', 'right', 'right', 'right', 'left', 'left'] as const;
  const headings = ['UNIT', 'STATE', 'DONE', 'SPEED', 'LEFT', 'TOKEN', 'OWNER', 'CHANGED'];
  return drawTable(headings, rows, [...aligns]);
}

/** Empty where nothing is measured. */
function paceColumns({ speed, etaSeconds }: Pick<TrackProgress, 'speed' | 'etaSeconds'>): [string, string] {
  return [speed === null ? '' : formatSpeed(speed), etaSeconds === null ? '' : formatSeconds(etaSeconds)];
}
