import {
  type Claim,
  isServiceFault,
  type Logger,
  publishOwedEvents,
  toServiceFault,
  type UnitEnd,
} from '@fyrestream/cloud';
import {
  type AttemptEnd,
  assemblyUnitId,
  claimOwner,
  FyrestreamError,
  isActive,
  type JobRecord,
  planUnitId,
  type Reason,
  reasonFrom,
  type TaskSize,
  type TranscodeRequest,
  type UnitRecord,
  workerExitCode,
} from '@fyrestream/events';
import { withLargerDisk, withLargerMemory } from '@fyrestream/media';
import { startAttemptTimeLimit } from './attempt-time-limit.ts';
import {
  type ActiveClaim,
  isObsoleteWorkError,
  obsoleteWorkError,
  startClaimHeartbeat,
} from './claim-heartbeat.ts';
import { CostLimitError } from './cost-limit-error.ts';
import { type CurrentPlan, readCurrentPlan, requireCurrentPlan } from './current-plan.ts';
import type { JobContext } from './job-context.ts';
import { requestWorkers } from './request-workers.ts';
import { createSourceFile } from './source-file.ts';
import type { MediaStages } from './stages/media-stages.ts';
import type { StoredPlan } from './stored-plan.ts';
import { runAssemblyUnit } from './units/run-assembly-unit.ts';
import { runEncodeUnit } from './units/run-encode-unit.ts';
import { runPlanUnit } from './units/run-plan-unit.ts';
import { unitsToEncode } from './units/units-to-encode.ts';
import type { WorkerDependencies } from './worker-dependencies.ts';
import { roleOf, type WorkerRole } from './worker-role.ts';

/** How often a worker looks for open units while other workers have claimed all of them. */
const pollMilliseconds = 2_000;

/**
 * The worker: claims a unit of the job, does it, marks it done, and repeats this until no unit is left. The plan is the
 * first unit. Then come the units of audio and video, in any order and by any number of workers. The assembly is the last: it
 * verifies and publishes. Additional workers take part in the audio and video units only.
 * @returns a function that works on one job; `stop` is aborted when the container has to stop. It returns the exit code of the process.
 */
export function createWorker(dependencies: WorkerDependencies) {
  return async function transcode(request: TranscodeRequest, stop: AbortSignal): Promise<number> {
    const log = dependencies.log.child({
      jobId: request.jobId,
      attempt: request.attempt,
      slot: request.slot,
    });
    const job = await (request.slot === 0 ? startJob : joinJob)(dependencies, request);
    if (job === null) {
      log.info('no-work-left');
      return workerExitCode.done;
    }
    const scratch = await dependencies.openScratch(dependencies.settings.scratchDirectory);
    const role = roleOf(request, job);
    const source = createSourceFile(dependencies.store, scratch, job.upload);
    const timeLimit = startAttemptTimeLimit(dependencies, job);
    try {
      await completeUnits(
        { ...dependencies, ...role, log, job, scratch, source },
        claimOwner(request, dependencies.instanceId),
        AbortSignal.any([stop, timeLimit.signal]),
      );
      return workerExitCode.done;
    } catch (error) {
      if (isObsoleteWorkError(error)) {
        log.info({ reason: reasonFrom(error) }, 'work-obsolete');
        return workerExitCode.done;
      }
      if (!role.isLeading) return endOfAdditionalWorker(log, error, stop.aborted);
      return await recordAttemptEnd({ ...dependencies, log }, job, error, stop.aborted);
    } finally {
      timeLimit.clear();
      await scratch.remove();
    }
  };
}

/** Marks the job as running. @returns null if the attempt of this worker is not the current one */
async function startJob(
  { ledger, events }: WorkerDependencies,
  request: TranscodeRequest,
): Promise<JobRecord | null> {
  const { job } = await ledger.advance(request.jobId, { kind: 'work-started', attempt: request.attempt });
  if (job.status !== 'running' || job.attempt !== request.attempt) return null;
  // Not the record that this returns: a newer attempt may have started while the event was published.
  await publishOwedEvents(ledger, events, job);
  return job;
}

/** An additional worker changes nothing in the job record. @returns null if there is no job to take part in */
async function joinJob(
  { ledger }: WorkerDependencies,
  { jobId }: TranscodeRequest,
): Promise<JobRecord | null> {
  const job = await ledger.readJob(jobId);
  return job !== null && isActive(job) ? job : null;
}

type UnitContext = JobContext & WorkerRole & { readonly stages: MediaStages };

async function completeUnits(work: UnitContext, owner: string, stop: AbortSignal): Promise<void> {
  let plan: CurrentPlan | null = null;
  for (;;) {
    stop.throwIfAborted();
    const units = await work.ledger.listUnits(work.job.jobId);
    if (unitIn(units, assemblyUnitId)?.state === 'done') return;
    if (plan !== null) requireCurrentPlan(plan, units);
    else {
      plan = await readCurrentPlan(work, units);
      if (plan !== null && work.isLeading) await requestWorkers(work, plan);
    }
    const claim = await claimNextUnit(work, { plan, units, owner, stop });
    if (claim !== null) await runUnit(work, plan?.stored ?? null, claim).catch(unlessOthersContinue(work));
    else if (work.isLeading) await waitForOtherWorkers(work, stop);
    else return;
  }
}

/** This worker continues with other units: another one has this unit now, or the units have to be replaced by one. */
function unlessOthersContinue({ log }: JobContext) {
  return (error: unknown) => {
    if (!(error instanceof FyrestreamError)) throw error;
    if (error.code !== 'claim-lost' && error.code !== 'units-do-not-fit') throw error;
    log.warn({ reason: reasonFrom(error) }, error.code);
  };
}

/** Claims the first open unit. @returns null while other workers have claimed all open units */
async function claimNextUnit(
  work: UnitContext,
  {
    plan,
    units,
    owner,
    stop,
  }: { plan: CurrentPlan | null; units: UnitRecord[]; owner: string; stop: AbortSignal },
): Promise<ActiveClaim | null> {
  const { ledger, isLeading, launchedAt } = work;
  const { jobId } = work.job;
  const encodes = plan === null ? [] : unitsToEncode(plan.stored.plan, units).map((unit) => unit.id);
  const open = encodes.filter((unitId) => unitIn(units, unitId)?.state !== 'done');
  const ownUnit = plan === null ? planUnitId : assemblyUnitId;
  for (const unitId of open.length > 0 || !isLeading ? open : [ownUnit]) {
    const claim = await ledger.claimUnit({ jobId, unitId, owner, launchedAt });
    if (claim === null) continue;
    if (plan !== null) await requireCurrentPlanOf(work, plan, claim);
    return startClaimHeartbeat(work, claim, stop);
  }
  return null;
}

/** The plan may have been replaced since the units were listed; from now on a new plan makes the claim void. */
async function requireCurrentPlanOf({ ledger }: UnitContext, plan: CurrentPlan, claim: Claim): Promise<void> {
  try {
    requireCurrentPlan(plan, await ledger.listUnits(claim.jobId));
  } catch (error) {
    await ledger.releaseClaim(claim).catch(() => false);
    throw error;
  }
}

async function runUnit(work: UnitContext, stored: StoredPlan | null, claim: ActiveClaim): Promise<void> {
  const { ledger, log, stages } = work;
  const startedAt = Date.parse(work.clock());
  log.info({ unitId: claim.unitId, token: claim.token }, 'unit-claimed');
  try {
    let end: UnitEnd = {};
    if (stored === null) await runPlanUnit(work, stages, claim);
    else if (claim.unitId === assemblyUnitId) await runAssemblyUnit(work, stages, stored, claim);
    else end = await runEncodeUnit(work, stages, stored.plan, claim);
    await ledger.finishUnit(claim, end);
    const seconds = (Date.parse(work.clock()) - startedAt) / 1_000;
    log.info({ unitId: claim.unitId, token: claim.token, seconds }, 'unit-done');
  } catch (error) {
    // What an abort interrupts may fail in another way, such as a download by a closed connection.
    const cause = claim.signal.aborted ? claim.signal.reason : error;
    // Other workers can claim the unit at once. If the release fails, the lease expires.
    if (!isObsoleteWorkError(cause)) await ledger.releaseClaim(claim).catch(() => false);
    throw cause;
  } finally {
    claim.stopHeartbeat();
  }
}

/** The unit was released, and the leading worker or another one does it. */
function endOfAdditionalWorker(log: Logger, error: unknown, wasStopped: boolean): number {
  log.error({ reason: reasonFrom(toServiceFault(error) ?? error), error }, 'additional-worker-failed');
  return wasStopped ? workerExitCode.interrupted : workerExitCode.failed;
}

/** Records how the attempt ended: interrupted, failed and to be retried, or failed finally. */
async function recordAttemptEnd(
  { ledger, events, log }: WorkerDependencies,
  job: JobRecord,
  error: unknown,
  wasStopped: boolean,
): Promise<number> {
  const reason = wasStopped
    ? { code: 'task-stopped', message: 'The worker was stopped.', retryable: true }
    : reasonFrom(toServiceFault(error) ?? error);
  log.error({ reason, error }, wasStopped ? 'attempt-interrupted' : 'attempt-failed');
  const { jobId, attempt } = job;
  if (error instanceof CostLimitError && !wasStopped) {
    const { costEstimateUsd } = error;
    const held = await ledger.advance(jobId, { kind: 'held-by-worker', attempt, reason, costEstimateUsd });
    await publishOwedEvents(ledger, events, held.job);
    return workerExitCode.done;
  }
  const ended = { kind: 'attempt-ended', attempt, reason, ...endOf(job, reason, wasStopped) } as const;
  let advance = await ledger.advance(jobId, reason.retryable ? ended : { kind: 'failed', attempt, reason });
  // A job whose publication has started cannot fail: it is retried until it is published.
  if (advance.outcome === 'refused' && !reason.retryable) advance = await ledger.advance(jobId, ended);
  await publishOwedEvents(ledger, events, advance.job);
  return wasStopped ? workerExitCode.interrupted : workerExitCode.failed;
}

/** After a task that ran out of memory or disk a larger one is started, once. */
function endOf(
  { size, enlarged }: JobRecord,
  { code }: Reason,
  wasStopped: boolean,
): { end: AttemptEnd; largerSize: TaskSize | null } {
  if (wasStopped) return { end: 'interrupted', largerSize: null };
  if (isServiceFault(code)) return { end: 'hindered', largerSize: null };
  if (code === 'disk-full') return { end: 'outgrown', largerSize: withLargerDisk(size) };
  // When memory runs out the kernel kills the largest process, which is ffmpeg; the container continues.
  if (code === 'ffmpeg-killed' && !enlarged) return { end: 'outgrown', largerSize: withLargerMemory(size) };
  return { end: 'failed', largerSize: null };
}

function unitIn(units: UnitRecord[], unitId: string): UnitRecord | undefined {
  return units.find((unit) => unit.unitId === unitId);
}

/** Waits while other workers have claimed all open units; the job may end meanwhile. */
async function waitForOtherWorkers({ ledger, job, timers }: JobContext, stop: AbortSignal): Promise<void> {
  await timers.sleep(pollMilliseconds, stop);
  const current = await ledger.readJob(job.jobId);
  if (current?.status !== 'running')
    throw obsoleteWorkError('job-over', `the job is ${current?.status ?? 'deleted'}`);
}
