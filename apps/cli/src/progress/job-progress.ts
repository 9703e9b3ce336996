import {
  assemblyUnitId,
  audioUnitId,
  type JobRecord,
  type JobStatus,
  planUnitId,
  type UnitRecord,
} from '@fyrestream/events';

/** How far something is: a word for where, and a part of the whole. */
export interface Progress {
  readonly phase:
    | 'uploading'
    | 'downloading'
    | 'uploaded'
    | 'starting'
    | 'planning'
    | 'encoding'
    | 'assembling'
    /** The stack does not answer at the moment. */
    | 'unreachable'
    | JobStatus;
  /** From 0 to 1. */
  readonly fraction: number;
}

/** What the parts of a job weigh, by experience: encoding is nearly all of it. */
const planWeight = 0.02;
const encodeWeight = 0.88;
const assemblyWeight = 0.1;
/** The audio against one unit of the video. */
const audioShare = 0.1;

/**
 * How far a job is, from its record and its units. Units appear when they are claimed, so a job of several video units
 * looks further than it is until the others have begun: whoever shows this should not go backwards.
 */
export function jobProgress(job: JobRecord | null, units: readonly UnitRecord[]): Progress {
  if (job === null) return { phase: 'uploaded', fraction: 0 };
  if (job.status === 'succeeded') return { phase: job.status, fraction: 1 };
  if (job.status !== 'running') {
    const starting = job.status === 'queued' && job.launch?.taskArn;
    return { phase: starting ? 'starting' : job.status, fraction: 0 };
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
  const video = units.filter(({ unitId }) => ![planUnitId, audioUnitId].includes(unitId));
  const videoDone = video.reduce((sum, unit) => sum + progressOf(unit), 0) / Math.max(1, video.length);
  const share = audio === undefined ? 0 : audioShare;
  // Until the assembly is claimed something may still come.
  return Math.min(0.99, progressOf(audio) * share + videoDone * (1 - share));
}

function progressOf(unit: UnitRecord | undefined): number {
  if (unit === undefined) return 0;
  return unit.state === 'done' ? 1 : unit.progress;
}
