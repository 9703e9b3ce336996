import { publishOwedEvents } from '@fyrestream/cloud';
import {
  type AttemptEnd,
  assemblyUnitId,
  FyrestreamError,
  type JobRecord,
  planUnitId,
  type Reason,
  reasonFrom,
  type TaskSize,
  type TranscodeRequest,
  type UnitRecord,
  workerExitCode,
  workerOwner,
} from '@fyrestream/events';
import { withLargerDisk, withLargerMemory } from '@fyrestream/media';
import { watchDeadline } from './deadline.ts';
import { type HeldClaim, holdClaim, isObsoleteWorkError, obsoleteWorkError } from './hold-claim.ts';
import type { JobContext } from './job-context.ts';
import { createSourceFile } from './source-file.ts';
import type { MediaStages } from './stages/media-stages.ts';
import { readStoredPlan, type StoredPlan } from './stored-plan.ts';
import { runAssemblyUnit } from './units/run-assembly-unit.ts';
import { runEncodeUnit } from './units/run-encode-unit.ts';
import { runPlanUnit } from './units/run-plan-unit.ts';
import type { WorkerDependencies } from './worker-dependencies.ts';

/** Where other workers have what is left, this is how often one looks whether it stays so. */
const waitMilliseconds = 2_000;

/**
 * The worker's story: claim a unit of the job, do it, mark it done, until none is left. The plan comes first, then the
 * audio and the runs of video in any order and by any number of equal workers, the assembly last: it verifies and publishes.
 * @param stop aborted when the container is told to go
 * @returns the exit code of the process
 */
export function createWorker(dependencies: WorkerDependencies) {
  return async function transcode(request: TranscodeRequest, stop: AbortSignal): Promise<number> {
    const log = dependencies.log.child({
      jobId: request.jobId,
      attempt: request.attempt,
      slot: request.slot,
    });
    const job = await beginWork(dependencies, request);
    if (job === null) {
      log.info('no-work-left');
      return workerExitCode.done;
    }
    const scratch = await dependencies.openScratch(dependencies.settings.scratchDirectory);
    const source = createSourceFile(dependencies.store, scratch, job.upload);
    const deadline = watchDeadline(dependencies);
    try {
      await workThrough(
        { ...dependencies, log, job, scratch, source },
        workerOwner(request, dependencies.instanceId),
        AbortSignal.any([stop, deadline.signal]),
      );
      return workerExitCode.done;
    } catch (error) {
      if (isObsoleteWorkError(error)) {
        log.info({ reason: reasonFrom(error) }, 'work-no-longer-wanted');
        return workerExitCode.done;
      }
      return await endAttempt({ ...dependencies, log }, job, error, stop.aborted);
    } finally {
      deadline.end();
      await scratch.remove();
    }
  };
}

/** Marks the job running. @returns null where this worker's attempt is not, or no longer, the one that counts */
async function beginWork(
  { ledger, events }: WorkerDependencies,
  request: TranscodeRequest,
): Promise<JobRecord | null> {
  const { job } = await ledger.advance(request.jobId, { kind: 'work-started', attempt: request.attempt });
  if (job.status !== 'running' || job.attempt !== request.attempt) return null;
  // Not what the ledger says afterwards: while this was announced a newer attempt may have begun.
  await publishOwedEvents(ledger, events, job);
  return job;
}

type UnitContext = JobContext & { readonly stages: MediaStages };

async function workThrough(work: UnitContext, owner: string, stop: AbortSignal): Promise<void> {
  let stored: StoredPlan | null = null;
  for (;;) {
    stop.throwIfAborted();
    const units = await work.ledger.listUnits(work.job.jobId);
    if (unitIn(units, assemblyUnitId)?.state === 'done') return;
    stored ??= await readStoredPlan(work, units);
    const held = await claimNext(work, { stored, units, owner, stop });
    if (held === null) await waitForOthers(work, stop);
    else await workOn(work, stored, held).catch(unlessClaimLost(work));
  }
}

/** A unit that somebody else has now is theirs; there may be others to do. */
function unlessClaimLost({ log }: JobContext) {
  return (error: unknown) => {
    if (!(error instanceof FyrestreamError && error.code === 'claim-lost')) throw error;
    log.warn({ reason: reasonFrom(error) }, 'claim-lost');
  };
}

/** Claims the first unit that is open to this worker, or nothing while others have them all. */
async function claimNext(
  work: JobContext,
  {
    stored,
    units,
    owner,
    stop,
  }: { stored: StoredPlan | null; units: UnitRecord[]; owner: string; stop: AbortSignal },
): Promise<HeldClaim | null> {
  const encodes = stored?.plan.units.map((unit) => unit.id) ?? [planUnitId];
  const open = encodes.filter((unitId) => unitIn(units, unitId)?.state !== 'done');
  for (const unitId of open.length > 0 ? open : [assemblyUnitId]) {
    const claim = await work.ledger.claimUnit({ jobId: work.job.jobId, unitId, owner });
    if (claim !== null) return holdClaim(work, claim, stop);
  }
  return null;
}

async function workOn(work: UnitContext, stored: StoredPlan | null, held: HeldClaim): Promise<void> {
  const { ledger, log, stages } = work;
  const { claim } = held;
  const startedAt = Date.parse(work.clock());
  log.info({ unitId: claim.unitId, token: claim.token }, 'unit-claimed');
  try {
    if (stored === null) await runPlanUnit(work, stages, held);
    else if (claim.unitId === assemblyUnitId) await runAssemblyUnit(work, stages, stored, held);
    else await runEncodeUnit(work, stages, stored.plan, held);
    await ledger.finishUnit(claim);
    const seconds = (Date.parse(work.clock()) - startedAt) / 1_000;
    log.info({ unitId: claim.unitId, token: claim.token, seconds }, 'unit-done');
  } catch (error) {
    // Others may go on with it at once. Where that cannot be said the lease runs out by itself.
    if (!isObsoleteWorkError(error)) await ledger.releaseClaim(claim).catch(() => false);
    throw error;
  } finally {
    held.release();
  }
}

/** Writes down how the attempt ended: interrupted, failed for now, or failed for good. */
async function endAttempt(
  { ledger, events, log }: WorkerDependencies,
  job: JobRecord,
  error: unknown,
  wasStopped: boolean,
): Promise<number> {
  const reason = wasStopped
    ? { code: 'task-stopped', message: 'The worker was told to stop.', retryable: true }
    : reasonFrom(error);
  log.error({ reason, error }, wasStopped ? 'attempt-interrupted' : 'attempt-failed');
  const { jobId, attempt } = job;
  const ended = { kind: 'attempt-ended', attempt, reason, ...endOf(job, reason, wasStopped) } as const;
  let advance = await ledger.advance(jobId, reason.retryable ? ended : { kind: 'failed', attempt, reason });
  // A job whose publication has begun cannot fail any more; it is tried until it is through.
  if (advance.outcome === 'refused' && !reason.retryable) advance = await ledger.advance(jobId, ended);
  await publishOwedEvents(ledger, events, advance.job);
  return wasStopped ? workerExitCode.interrupted : workerExitCode.failed;
}

/** A task that was outgrown is followed by a larger one, once. */
function endOf(
  { size, enlarged }: JobRecord,
  { code }: Reason,
  wasStopped: boolean,
): { end: AttemptEnd; largerSize: TaskSize | null } {
  if (wasStopped) return { end: 'interrupted', largerSize: null };
  if (code === 'disk-full') return { end: 'outgrown', largerSize: withLargerDisk(size) };
  // The system ends the largest process when memory runs out, and the container lives on.
  if (code === 'ffmpeg-killed' && !enlarged) return { end: 'outgrown', largerSize: withLargerMemory(size) };
  return { end: 'failed', largerSize: null };
}

function unitIn(units: UnitRecord[], unitId: string): UnitRecord | undefined {
  return units.find((unit) => unit.unitId === unitId);
}

/** Others are at work on all that is open; the job may end meanwhile. */
async function waitForOthers({ ledger, job, timers }: JobContext, stop: AbortSignal): Promise<void> {
  await timers.sleep(waitMilliseconds, stop);
  const standing = await ledger.readJob(job.jobId);
  if (standing?.status !== 'running')
    throw obsoleteWorkError('job-over', `the job is ${standing?.status ?? 'gone'}`);
}
