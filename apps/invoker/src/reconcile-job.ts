import { publishOwedEvents } from '@fyrestream/cloud';
import {
  describeCostLimit,
  isActive,
  type JobRecord,
  maxClockDifferenceMinutes,
  maxDelaySeconds,
  type Reason,
  waitsForPlace,
} from '@fyrestream/events';
import { endLostAdditional } from './additional/end-lost-additional.ts';
import { launchAdditional } from './additional/launch-additional.ts';
import { inspectUpload } from './admission/inspect-upload.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { planLaunch } from './launch/plan-launch.ts';
import { sendLaunch } from './launch/send-launch.ts';
import { grantPlaceTo, renewPlace } from './line/grant-place.ts';
import { allPlacesTaken, joinLine } from './line/join-line.ts';
import type { Place, ReconcileResult } from './reconcile-result.ts';

/** The limit of steps in one call: hold; or plan, send, fall back to on-demand, plan and send again. */
const stepsPerCall = 8;

export interface ReconcileOptions {
  /** Whether to send a delayed message for the time when the job is due. Only one message per waiting job is on its way. */
  readonly sendReminder?: boolean;
  /**
   * Whether to inspect an upload that was not inspected. The upload of a hostile user can make this slow, so it is done for one
   * job per message; otherwise such a message is sent.
   */
  readonly inspect?: boolean;
  /** Whether there may be free capacity, so that a job that waits for capacity can be launched before its time. */
  readonly capacityFreed?: boolean;
  /** Whether the job was given a place, which it takes now. */
  readonly hasPlace?: boolean;
}

/**
 * Does the next steps of a job according to its record: inspects its upload, holds it, launches it, sends a planned launch that was possibly not
 * sent, or records the time of the next launch. Then publishes its pending events, and launches additional workers of a running job or stops
 * those of one that is over. Safe to repeat at any time, also with an
 * outdated record: the ledger refuses a step if the job has changed.
 * @returns the job after its steps
 */
export async function reconcileJob(
  dependencies: InvokerDependencies,
  recorded: JobRecord,
  options: ReconcileOptions = {},
): Promise<JobRecord> {
  const { ledger, events, sender } = dependencies;
  let result: ReconcileResult = { job: recorded, again: true };
  let place: Place = options.hasPlace ? 'given' : 'none';
  for (let step = 0; result.again && step < stepsPerCall; step++) {
    result = await reconcileStep(dependencies, result.job, place, options);
    place = result.place ?? place;
  }
  const { job } = result;
  const waitSeconds = waitSecondsOf(dependencies, job);
  const awaitsMessage = waitSeconds > 0 ? options.sendReminder : awaitsInspection(job);
  if (awaitsMessage) await sender.send({ kind: 'job-due', jobId: job.jobId }, waitSeconds);
  await publishOwedEvents(ledger, events, job);
  if (job.status === 'running') await launchAdditional(dependencies, job);
  else if (!isActive(job)) await endLostAdditional(dependencies, job);
  return job;
}

function awaitsInspection(job: JobRecord): boolean {
  return job.status === 'queued' && job.awaitsInspection === true;
}

/** A job may wait this long; a time further in the future was recorded by a wrong clock. */
const maxWaitSeconds = maxDelaySeconds + maxClockDifferenceMinutes * 60;

/** Seconds until a queued job is due; 0 for all other jobs. */
function waitSecondsOf({ clock }: InvokerDependencies, job: JobRecord): number {
  if (job.status !== 'queued' || job.nextAttemptAt === null) return 0;
  const seconds = (Date.parse(job.nextAttemptAt) - Date.parse(clock())) / 1_000;
  return seconds > maxWaitSeconds ? 0 : seconds;
}

async function reconcileStep(
  dependencies: InvokerDependencies,
  job: JobRecord,
  place: Place,
  options: ReconcileOptions,
): Promise<ReconcileResult> {
  const { ledger, clock, settings } = dependencies;
  const unchanged = { job, again: false };
  if (job.status !== 'queued') return unchanged;
  if (job.launch !== null) {
    if (job.launch.taskArn !== null) return unchanged;
    return { ...(await sendLaunch(dependencies, job)), place: 'used' };
  }
  if (awaitsInspection(job)) {
    return options.inspect && waitSecondsOf(dependencies, job) <= 0
      ? inspectUpload(dependencies, job)
      : unchanged;
  }
  const reason = whyHeld(job, settings.costLimitUsd);
  if (reason !== null) {
    return { job: (await ledger.advance(job.jobId, { kind: 'held', reason })).job, again: false };
  }
  const isNotDue = waitSecondsOf(dependencies, job) > 0;
  const isTriedEarly = job.waitCount > 0 && options.capacityFreed && place !== 'used';
  if (isNotDue && !isTriedEarly) return unchanged;
  // Its turn comes when a place is free.
  if (place !== 'given' && waitsForPlace(job)) return unchanged;
  if (!(await hasPlace(dependencies, job, place))) {
    // Another job took the free capacity: this one keeps the time of its next launch.
    return isNotDue ? unchanged : joinLine(dependencies, job, allPlacesTaken(settings.maxConcurrentTasks));
  }
  const launch = planLaunch(job, settings.launchTarget, clock());
  const planned = await ledger.advance(job.jobId, { kind: 'launch-planned', launch });
  return { job: planned.job, again: planned.outcome === 'moved', place: 'used' };
}

async function hasPlace(dependencies: InvokerDependencies, job: JobRecord, place: Place): Promise<boolean> {
  switch (place) {
    case 'given':
      return true;
    case 'used':
      return renewPlace(dependencies, job);
    case 'none':
      return grantPlaceTo(dependencies, job);
  }
}

/**
 * Why a person must release a job; null if none must. A job with additional workers is in the middle of its work: the worker that planned
 * it has compared its cost with the limit. The estimate that is recorded with them is higher where a retry has a larger task.
 */
function whyHeld({ additional, costAccepted, costEstimateUsd }: JobRecord, limitUsd: number): Reason | null {
  if (additional !== undefined || costAccepted) return null;
  if (costEstimateUsd === null || costEstimateUsd <= limitUsd) return null;
  const message = `${describeCostLimit(costEstimateUsd, limitUsd)}.`;
  return { code: 'cost-limit', message, retryable: true };
}
