import { isServiceFault, type Logger, publishOwedEvents, toServiceFault } from '@fyrestream/cloud';
import {
  type AttemptEnd,
  claimOwner,
  isActive,
  type JobRecord,
  type Reason,
  reasonFrom,
  type TaskSize,
  type TranscodeRequest,
  workerExitCode,
} from '@fyrestream/events';
import { withLargerDisk, withLargerMemory } from '@fyrestream/media';
import { startAttemptTimeLimit } from './attempt-time-limit.ts';
import { isObsoleteWorkError } from './claim-heartbeat.ts';
import { completeUnits } from './complete-units.ts';
import { CostLimitError } from './cost-limit-error.ts';
import { createSourceFile } from './source-file.ts';
import type { WorkerDependencies } from './worker-dependencies.ts';
import { roleOf } from './worker-role.ts';

/**
 * The worker: claims a unit of the job, does it, marks it done, and repeats this until no unit is left. The plan is the
 * first unit. Then come the units of audio and video, in any order and by any number of workers. The assembly is the last: it
 * verifies and publishes. Additional workers encode and verify parts of the video only.
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

/** The unit was released, and the leading worker or another one does it. */
function endOfAdditionalWorker(log: Logger, error: unknown, wasStopped: boolean): number {
  const reason = reasonFrom(toServiceFault(error) ?? error);
  log.error({ reason, error }, 'additional-worker-failed');
  return wasStopped || isServiceFault(reason.code) ? workerExitCode.interrupted : workerExitCode.failed;
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
