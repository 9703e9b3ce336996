import { changeAdditional, whyAdditionalRefused } from './additional-workers.ts';
import { announce } from './announced-event.ts';
import { eventOf } from './event-of.ts';
import type { JobRecord } from './job-record.ts';
import type { JobStep } from './job-step.ts';
import { blockedBy, withoutMarks } from './launch-marks.ts';
import { addTask, forgetTask, mayHaveBeenBilled, openTask, tasksToBill } from './receipt/receipt.ts';
import {
  addSeconds,
  launchDelaySeconds,
  maxAttemptsWithInterruptions,
  maxFailures,
  maxSpotInterruptions,
  retryDelaySeconds,
} from './retry-policy.ts';

/**
 * A step either changes the record or is refused with a sentence. Nothing is thrown: late and duplicate events are
 * normal.
 */
export type AdvanceResult = { outcome: 'moved'; job: JobRecord } | { outcome: 'refused'; because: string };

/**
 * The state machine of a job: the record after a step, as a pure function.
 *
 * ```
 * queued ──work-started──▶ running ──published──▶ succeeded
 *   ▲ │ ▲                    │ │
 *   │ │ └───attempt-ended────┘ └─failed / cancelled / superseded / overtaken─▶ failed, cancelled ──retried──▶ queued
 *   │ └──held──▶ held ◀──held-by-worker── running; held ──released──▶ queued
 * ```
 * @param at the time of the step, ISO 8601
 */
export function advanceJob(job: JobRecord, step: JobStep, at: string): AdvanceResult {
  const because = whyRefused(job, step);
  if (because !== null) return { outcome: 'refused', because };
  const changed = {
    ...withoutMarks(job, step),
    ...changesOf(job, step, at),
    version: job.version + 1,
    // A task beside the leading worker says nothing about the leading worker, whose silence is measured by this time; a bill is no news
    // of the job.
    updatedAt: step.kind.startsWith('additional-') || isBill(step) ? job.updatedAt : at,
  };
  const event = eventOf(job, changed, at);
  return { outcome: 'moved', job: event === null ? changed : { ...changed, owed: [...changed.owed, event] } };
}

function isBill({ kind }: JobStep): boolean {
  return kind === 'task-billed' || kind === 'task-forgotten';
}

/** The statuses in which a job accepts each step. */
export const acceptingStatuses: Record<JobStep['kind'], readonly JobRecord['status'][]> = {
  inspected: ['queued'],
  'launch-planned': ['queued'],
  'task-started': ['queued', 'running'],
  'launch-deferred': ['queued'],
  'place-awaited': ['queued'],
  'work-started': ['queued'],
  'attempt-ended': ['queued', 'running'],
  'publication-chosen': ['running'],
  // The invoker may have declared the attempt lost before this publication: it counts all the same.
  published: ['queued', 'running'],
  failed: ['queued', 'running'],
  held: ['queued'],
  'held-by-worker': ['running'],
  released: ['held'],
  cancelled: ['queued', 'running', 'held'],
  superseded: ['queued', 'running', 'held'],
  overtaken: ['queued', 'running'],
  retried: ['failed', 'cancelled'],
  'task-billed': ['queued', 'running', 'succeeded', 'failed', 'held', 'cancelled'],
  'task-forgotten': ['queued', 'running', 'succeeded', 'failed', 'held', 'cancelled'],
  announced: ['queued', 'running', 'succeeded', 'failed', 'held', 'cancelled'],
  planned: ['running'],
  'additional-planned': ['running'],
  'additional-started': ['queued', 'running', 'succeeded', 'failed', 'held', 'cancelled'],
  'additional-ended': ['queued', 'running', 'succeeded', 'failed', 'held', 'cancelled'],
};

function whyRefused(job: JobRecord, step: JobStep): string | null {
  const statuses = acceptingStatuses[step.kind];
  if (!statuses.includes(job.status)) return `it is ${job.status}, not ${statuses.join(' or ')}`;
  if ('attempt' in step && step.attempt !== job.attempt) {
    return `attempt ${step.attempt} is over, the job is at attempt ${job.attempt}`;
  }
  switch (step.kind) {
    case 'inspected':
      return job.awaitsInspection ? null : 'its upload was inspected before';
    case 'launch-planned':
      if (job.awaitsInspection) return 'its upload was not inspected yet';
      if (job.launch !== null) return `attempt ${job.launch.attempt} is still running`;
      if (step.launch.attempt !== job.attempt + 1) return `the next attempt is ${job.attempt + 1}`;
      return null;
    case 'task-started':
      if (job.launch === null) return 'no launch is pending';
      if (job.launch.taskArn !== null) return `attempt ${job.attempt} already runs as ${job.launch.taskArn}`;
      return null;
    case 'launch-deferred':
    case 'place-awaited':
      return job.launch?.taskArn ? `attempt ${job.attempt} already runs as ${job.launch.taskArn}` : null;
    case 'work-started':
    case 'attempt-ended':
      return job.launch === null ? 'no attempt is running' : null;
    case 'publication-chosen':
      return job.publication === null ? null : `token ${job.publication.token} was chosen for publication`;
    case 'published':
    case 'overtaken':
      return job.publication?.token === step.token
        ? null
        : `token ${step.token} was not chosen for publication`;
    case 'held-by-worker':
    case 'failed':
    case 'cancelled':
    case 'superseded':
      return job.publication === null ? null : 'its publication has begun and is always completed';
    case 'retried':
      return job.publication === null ? null : 'a newer upload was published in its place';
    case 'held':
      return job.launch === null ? null : `attempt ${job.launch.attempt} is running`;
    case 'announced':
      return job.owed.some((event) => step.eventIds.includes(event.eventId))
        ? null
        : 'no event of it is unpublished';
    case 'task-billed':
      if (job.receipt === undefined) return 'an earlier release admitted it, whose workers know no receipt';
      return mayHaveBeenBilled(job.receipt, step.task.taskId)
        ? `task ${step.task.taskId} was billed before`
        : null;
    case 'task-forgotten':
      return tasksToBill(job).includes(step.taskArn) ? null : `task ${step.taskArn} is not to be billed`;
    case 'planned':
    case 'additional-planned':
    case 'additional-started':
    case 'additional-ended':
      return whyAdditionalRefused(job.additional, step);
    default:
      return null;
  }
}

function changesOf(job: JobRecord, step: JobStep, at: string): Partial<JobRecord> {
  switch (step.kind) {
    case 'inspected': {
      const { size, costEstimateUsd, making, refusal } = step;
      const facts = { size, costEstimateUsd, ...(making !== null && { making }) };
      if (refusal !== null) return { ...facts, status: 'failed', reason: refusal, ...finished(at) };
      return { ...facts, reason: null, waitCount: 0, nextAttemptAt: at };
    }
    case 'launch-planned':
      return { attempt: step.launch.attempt, launch: step.launch, nextAttemptAt: null };
    case 'task-started':
      return { launch: job.launch && { ...job.launch, taskArn: step.taskArn }, ...opened(job, step.taskArn) };
    case 'launch-deferred':
      return {
        launch: null,
        nextAttemptAt: step.until,
        waitCount: job.waitCount + 1,
        reason: step.reason,
        capacity: step.capacity,
        ...blockedBy(step.reason, job, at),
      };
    case 'place-awaited': {
      const { reason, capacity, refusedAt } = step;
      const refusal = refusedAt === undefined ? {} : { refusedAt };
      return {
        launch: null,
        nextAttemptAt: null,
        reason,
        capacity,
        ...refusal,
        ...blockedBy(reason, job, at),
      };
    }
    case 'work-started':
      return { status: 'running', startedAt: job.startedAt ?? at, reason: null, waitCount: 0 };
    case 'attempt-ended':
      return afterAttempt(job, step, at);
    case 'publication-chosen':
      return { publication: { token: step.token } };
    case 'published':
      return { status: 'succeeded', outputs: step.outputs, reason: null, ...finished(at) };
    case 'failed':
      return { status: 'failed', reason: step.reason, ...finished(at) };
    case 'held':
      return { status: 'held', reason: step.reason, nextAttemptAt: null };
    case 'held-by-worker': {
      const { reason, costEstimateUsd } = step;
      return { status: 'held', reason, costEstimateUsd, launch: null, nextAttemptAt: null };
    }
    case 'released':
      return { status: 'queued', reason: null, nextAttemptAt: at, costAccepted: true };
    case 'cancelled':
    case 'superseded':
    case 'overtaken':
      return { status: 'cancelled', reason: step.reason, ...finished(at) };
    case 'retried':
      return {
        status: 'queued',
        failureCount: 0,
        interruptionCount: 0,
        waitCount: 0,
        reason: null,
        nextAttemptAt: at,
        finishedAt: null,
        ...(isChosenAgain(job) && { awaitsInspection: true as const }),
        // The next plan decides again.
        ...(job.additional && { additional: { ...job.additional, wanted: 0 } }),
      };
    case 'announced':
      return announce(job, step.eventIds, at);
    case 'task-billed':
      return job.receipt === undefined ? {} : { receipt: addTask(job.receipt, step.task, step.services) };
    case 'task-forgotten':
      return job.receipt === undefined ? {} : { receipt: forgetTask(job.receipt, step.taskArn) };
    case 'planned': {
      const { costEstimateUsd } = step;
      return { costEstimateUsd, additional: changeAdditional(job.additional, step) };
    }
    case 'additional-started':
      return { additional: changeAdditional(job.additional, step), ...opened(job, step.taskArn) };
    case 'additional-planned':
    case 'additional-ended':
      return { additional: changeAdditional(job.additional, step) };
  }
}

/** Whether a retry looks at the upload again: what refused it may be mended in its sidecar or in the profiles of the stack. */
function isChosenAgain({ attempt, reason }: JobRecord): boolean {
  return attempt === 0 || reason?.code === 'profile-unknown';
}

function opened({ receipt }: JobRecord, taskArn: string): Pick<JobRecord, 'receipt'> {
  return receipt === undefined ? {} : { receipt: openTask(receipt, taskArn) };
}

function finished(at: string): Partial<JobRecord> {
  return { finishedAt: at, nextAttemptAt: null, launch: null };
}

function afterAttempt(
  job: JobRecord,
  step: JobStep & { kind: 'attempt-ended' },
  at: string,
): Partial<JobRecord> {
  const waiting = { status: 'queued', launch: null, reason: step.reason } as const;
  const givenUp = {
    status: 'failed',
    reason: { ...step.reason, retryable: false },
    ...finished(at),
  } as const;
  if (step.end === 'not-started') {
    const waitCount = job.waitCount + 1;
    const delaySeconds = launchDelaySeconds({ jobId: job.jobId, waitCount });
    // Spot and on-demand have separate capacity.
    const capacity = step.reason.code === 'no-capacity' ? 'on-demand' : job.capacity;
    const block = blockedBy(step.reason, job, at);
    return { ...waiting, ...block, waitCount, capacity, nextAttemptAt: addSeconds(at, delaySeconds) };
  }
  // Once the stable files may refer to this job, its publication must be completed, however many attempts that takes.
  const mustFinish = job.publication !== null;
  if (job.failureCount + job.interruptionCount + 1 >= maxAttemptsWithInterruptions && !mustFinish)
    return givenUp;
  if (step.end === 'interrupted') {
    const interruptionCount = job.interruptionCount + 1;
    const capacity = interruptionCount >= maxSpotInterruptions ? 'on-demand' : job.capacity;
    return { ...waiting, interruptionCount, capacity, nextAttemptAt: at };
  }
  if (step.end === 'hindered') {
    const interruptionCount = job.interruptionCount + 1;
    return {
      ...waiting,
      interruptionCount,
      nextAttemptAt: addSeconds(at, retryDelaySeconds(interruptionCount)),
    };
  }
  if (step.end === 'outgrown') {
    if (!job.enlarged && step.largerSize !== null)
      return { ...waiting, enlarged: true, size: step.largerSize, nextAttemptAt: at };
    if (!mustFinish) return givenUp;
  }
  const failureCount = job.failureCount + 1;
  if (failureCount >= maxFailures && !mustFinish) return { ...givenUp, failureCount };
  return { ...waiting, failureCount, nextAttemptAt: addSeconds(at, retryDelaySeconds(failureCount)) };
}
