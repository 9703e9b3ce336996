import type { JobOutputs } from './job-outputs.ts';
import type { Launch } from './job-record.ts';
import type { Reason } from './reason.ts';
import type { Capacity, TaskSize } from './task-request.ts';

/** How an attempt came to its end without finishing the job. */
export type AttemptEnd =
  /** Spot took the task back, or somebody stopped it. */
  | 'interrupted'
  /** Memory or disk ran out: a larger task may do. */
  | 'outgrown'
  /** The task never ran: image, network interface or secret could not be had. */
  | 'start-failed'
  /** The worker died, or gave up on something that may pass. */
  | 'failed';

/** Everything that can happen to a job. */
export type JobStep =
  | { kind: 'launch-planned'; launch: Launch }
  | { kind: 'task-started'; attempt: number; taskArn: string }
  /** No place for a launch, planned or not yet: not the job's fault. `capacity` is what to try next. */
  | { kind: 'launch-deferred'; attempt: number; reason: Reason; until: string; capacity: Capacity }
  | { kind: 'work-started'; attempt: number }
  | { kind: 'attempt-ended'; attempt: number; end: AttemptEnd; reason: Reason; largerSize: TaskSize | null }
  | { kind: 'publication-chosen'; token: number }
  | { kind: 'published'; token: number; outputs: JobOutputs }
  /** Final, by the verdict of the worker of that attempt, or of the invoker before there is one. */
  | { kind: 'failed'; attempt: number; reason: Reason }
  | { kind: 'held'; reason: Reason }
  | { kind: 'released' }
  | { kind: 'cancelled'; reason: Reason }
  /** A newer upload of the same key takes the place, before this one's publication has begun. */
  | { kind: 'superseded'; reason: Reason }
  /** Publishing found the stable files in the hands of a newer upload. */
  | { kind: 'overtaken'; token: number; reason: Reason }
  | { kind: 'retried' }
  | { kind: 'announced'; eventIds: string[] };
