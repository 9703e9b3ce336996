import type { Progress } from '@fyrestream/operations';

/** A file of a progress display: what was reported last, and what follows from the reports before. Times in milliseconds. */
export interface FileProgress {
  readonly name: string;
  /** The share of the upload in the bar, 0 to 1: 1 where the job is not followed, 0 where there is no upload. */
  readonly uploadShare: number;
  /** Null until the first report. */
  readonly latest: Progress | null;
  readonly latestAt: number;
  /** Of the bar, from 0 to 1. It never falls, also where a job starts again. */
  readonly fraction: number;
  /** Null until the first report, unless the work began before. */
  readonly startedAt: number | null;
  /** Of the current stage (upload or job), for the time that is left: the first fraction, and the last change of it. */
  readonly pace: {
    readonly first: Measurement;
    readonly last: Measurement;
  };
}

interface Measurement {
  readonly at: number;
  readonly fraction: number;
}

export function newFileProgress(
  name: string,
  { uploadShare = 0, startedAt }: { uploadShare?: number; startedAt?: number | undefined } = {},
): FileProgress {
  const first = { at: 0, fraction: 0 };
  const pace = { first, last: first };
  return { name, uploadShare, latest: null, latestAt: 0, fraction: 0, startedAt: startedAt ?? null, pace };
}

/** The file after a report. */
export function updateFileProgress(file: FileProgress, progress: Progress, now: number): FileProgress {
  return {
    ...file,
    latest: progress,
    latestAt: now,
    startedAt: file.startedAt ?? now,
    fraction: Math.max(file.fraction, barFraction(file, progress)),
    pace: paceAfter(file, progress, now),
  };
}

function barFraction({ uploadShare }: FileProgress, { phase, fraction }: Progress): number {
  if (phase === 'uploading') return fraction * uploadShare;
  if (phase === 'uploaded') return uploadShare;
  return measuredPhases.has(phase) ? uploadShare + fraction * (1 - uploadShare) : 0;
}

/** Phases in which work is done and its fraction grows. */
const measuredPhases = new Set<Progress['phase']>([
  'uploading',
  'downloading',
  'planning',
  'encoding',
  'assembling',
  'succeeded',
]);

function paceAfter({ latest, pace }: FileProgress, progress: Progress, now: number): FileProgress['pace'] {
  const { phase, fraction } = progress;
  const measured = { at: now, fraction };
  const isOtherStage = latest === null || (latest.phase === 'uploading') !== (phase === 'uploading');
  if (isOtherStage || !measuredPhases.has(phase) || fraction < pace.last.fraction)
    return { first: measured, last: measured };
  return fraction > pace.last.fraction ? { ...pace, last: measured } : pace;
}

/** Below this much progress, or seconds of it, an estimate would be a guess. */
const minMeasured = { fraction: 0.05, seconds: 2 };

/**
 * The seconds that the upload, or the job, still takes: as its workers measured, or else at its pace so far. Null where that is
 * not known.
 */
export function secondsLeft(
  { pace: { first, last }, latest, latestAt }: FileProgress,
  now: number,
): number | null {
  if (latest?.etaSeconds !== undefined) return Math.max(0, latest.etaSeconds - (now - latestAt) / 1_000);
  const fraction = last.fraction - first.fraction;
  const seconds = (last.at - first.at) / 1_000;
  if (fraction < minMeasured.fraction || seconds < minMeasured.seconds) return null;
  const left = ((1 - last.fraction) / fraction) * seconds - (now - last.at) / 1_000;
  return left > 0 ? left : null;
}

const overPhases = new Set<Progress['phase']>(['succeeded', 'failed', 'held', 'cancelled']);

/** Whether nothing more is reported for the file. */
export function isOver({ latest, uploadShare }: FileProgress): boolean {
  if (latest === null) return false;
  return overPhases.has(latest.phase) || (latest.phase === 'uploaded' && uploadShare === 1);
}

/** Whether the file has no worker yet. */
export function isWaiting({ latest }: FileProgress): boolean {
  return latest === null || latest.waitsFor !== undefined || ['uploaded', 'waiting'].includes(latest.phase);
}
