import { type JobRecord, jobProgress, type ProgressPhase, type UnitRecord } from '@fyrestream/events';
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
    /** The stack does not answer now. */
    | 'unreachable'
    | ProgressPhase;
  /** From 0 to 1. */
  readonly fraction: number;
  /** Seconds of media per second, of all workers together. */
  readonly speed?: number;
  /** Until the job has succeeded, as its workers measured. */
  readonly etaSeconds?: number;
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

/** The progress of a job, from its record and its units. The fraction falls where a job begins again: a display should keep the maximum. */
export function followedProgress(job: JobRecord | null, units: readonly UnitRecord[], at: string): Progress {
  if (job === null) return { phase: 'uploaded', fraction: 0 };
  const { phase, fraction, speed, etaSeconds } = jobProgress(job, units, at);
  const waitsFor = describeWait(job);
  return {
    ...{ phase, fraction },
    ...(speed !== null && { speed }),
    ...(etaSeconds !== null && { etaSeconds }),
    ...(waitsFor !== null && { waitsFor }),
  };
}
