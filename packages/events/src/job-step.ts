import type { AdditionalWorkersStep } from './additional-workers.ts';
import type { JobOutputs } from './job-outputs.ts';
import type { Launch } from './launch.ts';
import type { Making } from './profiles/making.ts';
import type { Reason } from './reason.ts';
import type { BilledServices, BilledTask } from './receipt/receipt.ts';
import type { Capacity, TaskSize } from './task-request.ts';

/** How an attempt ended without finishing the job. */
export type AttemptEnd =
  /** A service of AWS could not be used, or the clock was wrong: this passes, and neither upload nor worker is to blame. */
  | 'hindered'
  /** Spot took the task back, or somebody stopped it. */
  | 'interrupted'
  /** Memory or disk ran out: a larger task may succeed. */
  | 'outgrown'
  /** AWS did not start the task: no capacity, no network interface, the registry did not answer. This passes. */
  | 'not-started'
  /** The task cannot run: its image does not exist, or a role lacks a permission. */
  | 'start-failed'
  /** The worker crashed, or failed for a reason that may not recur. */
  | 'failed';

/** Every change that can happen to a job. */
export type JobStep =
  /**
   * What the first bytes of the upload show, or that they show nothing, and how the upload is made; final if it is refused. `making` is null
   * where the upload is refused because it cannot be chosen.
   */
  | {
      kind: 'inspected';
      size: TaskSize;
      costEstimateUsd: number | null;
      making: Making | null;
      refusal: Reason | null;
    }
  | { kind: 'launch-planned'; launch: Launch }
  | { kind: 'task-started'; attempt: number; taskArn: string }
  /** No capacity for a launch, sent or not yet sent: no failure of the job. `capacity` is what the next launch uses. */
  | { kind: 'launch-deferred'; attempt: number; reason: Reason; until: string; capacity: Capacity }
  /** No place is free, or ECS has no capacity beside the tasks that run: the job waits in line until its turn; `refusedAt` if AWS said so. */
  | {
      kind: 'place-awaited';
      attempt: number;
      reason: Reason;
      capacity: Capacity;
      refusedAt?: string | undefined;
    }
  | { kind: 'work-started'; attempt: number }
  | { kind: 'attempt-ended'; attempt: number; end: AttemptEnd; reason: Reason; largerSize: TaskSize | null }
  | { kind: 'publication-chosen'; token: number }
  | { kind: 'published'; token: number; outputs: JobOutputs }
  /** Final: decided by the worker of that attempt, or by the invoker before there is one. */
  | { kind: 'failed'; attempt: number; reason: Reason }
  | { kind: 'held'; reason: Reason }
  /** The worker found that the job costs more than was estimated, and more than the limit: its attempt ends uncounted. */
  | { kind: 'held-by-worker'; attempt: number; reason: Reason; costEstimateUsd: number }
  | { kind: 'released' }
  | { kind: 'cancelled'; reason: Reason }
  /** A newer upload of the same key replaces this one, before the publication of this one has begun. */
  | { kind: 'superseded'; reason: Reason }
  /** The publication found that the stable files already refer to a newer upload. */
  | { kind: 'overtaken'; token: number; reason: Reason }
  | { kind: 'retried' }
  | { kind: 'announced'; eventIds: string[] }
  /** One of its tasks has stopped. */
  | { kind: 'task-billed'; task: BilledTask; services: BilledServices }
  /** One of its tasks has stopped, and ECS does not say what it used. */
  | { kind: 'task-forgotten'; taskArn: string }
  | AdditionalWorkersStep;
