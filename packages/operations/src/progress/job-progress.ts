import {
  assemblyUnitId,
  audioUnitId,
  type JobRecord,
  type JobStatus,
  planUnitId,
  type UnitRecord,
  verifiedUnitId,
  wholeVideoUnitId,
} from '@fyrestream/events';
import { describeWait } from './describe-wait.ts';

/** The phase of an upload or job, and the finished fraction. */
export interface Progress {
  readonly phase: /** A sample clip is being encoded; how far it is is not known. */
    | 'making'
    | 'uploading'
    | 'downloading'
    | 'uploaded'
    /** Uploaded, and its event still waits in the queue. */
    | 'waiting'
    | 'starting'
    | 'planning'
    | 'encoding'
    | 'assembling'
    /** The stack does not answer now. */
    | 'unreachable'
    | JobStatus;
  /** From 0 to 1. */
  readonly fraction: number;
  /** What it waits for, after "waits for": `a free place`. */
  readonly waitsFor?: string;
  /** Of what waits for others. */
  readonly queue?: QueuePosition | null;
}

export interface QueuePosition {
  /** From 1; null where only the length is known. */
  readonly place: number | null;
  readonly length: number;
}

/** `3 of 12`, or `12 in the queue`. */
export function describeQueue({ place, length }: QueuePosition): string {
  return place === null ? `${length} in the queue` : `${place} of ${length}`;
}

/** The share of each part in the duration of a job, by experience: encoding takes nearly all of it. */
const planWeight = 0.02;
const encodeWeight = 0.88;
const assemblyWeight = 0.1;
/** The share of the audio within encoding. */
const audioShare = 0.1;

/**
 * The progress of a job, from its record and its units. The fraction falls where units are made again: a display should keep the
 * maximum.
 */
export function jobProgress(job: JobRecord | null, units: readonly UnitRecord[]): Progress {
  if (job === null) return { phase: 'uploaded', fraction: 0 };
  if (job.status === 'succeeded') return { phase: job.status, fraction: 1 };
  if (job.status !== 'running') {
    const waitsFor = describeWait(job);
    const starting = job.status === 'queued' && job.launch?.taskArn;
    return { phase: starting ? 'starting' : job.status, fraction: 0, ...(waitsFor !== null && { waitsFor }) };
  }
  const planned = progressOf(units.find(({ unitId }) => unitId === planUnitId));
  const assembled = progressOf(units.find(({ unitId }) => unitId === assemblyUnitId));
  const encoded = encodedShare(units);
  return {
    phase: planned < 1 ? 'planning' : encoded < 1 ? 'encoding' : 'assembling',
    fraction: planned * planWeight + encoded * encodeWeight + assembled * assemblyWeight,
  };
}

function encodedShare(units: readonly UnitRecord[]): number {
  if (units.some(({ unitId }) => unitId === assemblyUnitId)) return 1;
  const audio = units.find(({ unitId }) => unitId === audioUnitId);
  const video = units.filter(
    ({ unitId }) => ![planUnitId, audioUnitId].includes(unitId) && verifiedUnitId(unitId) === null,
  );
  const whole = video.find(({ unitId }) => unitId === wholeVideoUnitId);
  const planned = units.find(({ unitId }) => unitId === planUnitId)?.videoUnits ?? 1;
  const parts = whole === undefined ? video : [whole];
  const count = whole === undefined ? Math.max(planned, parts.length, 1) : 1;
  const videoDone = parts.reduce((sum, unit) => sum + progressOf(unit), 0) / count;
  const share = audio === undefined ? 0 : audioShare;
  // Verification may go on until the assembly is claimed.
  return Math.min(0.99, progressOf(audio) * share + videoDone * (1 - share));
}

function progressOf(unit: UnitRecord | undefined): number {
  if (unit === undefined) return 0;
  return unit.state === 'done' ? 1 : unit.progress;
}
