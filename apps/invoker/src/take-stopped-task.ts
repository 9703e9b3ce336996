import { type JobRecord, jobIdSchema, type StoppedTask, workerOwner } from '@fyrestream/events';
import { nextTaskSize } from '@fyrestream/media';
import { classifyStop } from './classify-stop.ts';
import { driveJob } from './drive-job.ts';
import type { InvokerDependencies } from './handler.ts';

/** Waiting jobs that a freed place is offered to; the first that takes it ends the round. */
const offersPerPlace = 3;

/**
 * A task is over. Its job decides by its record what that means: usually nothing, the worker has said all before it
 * left; otherwise the attempt ended and the job goes on from what its units have. The freed place goes to who waits.
 */
export async function takeStoppedTask(dependencies: InvokerDependencies, task: StoppedTask): Promise<void> {
  const { ledger, log } = dependencies;
  const jobId = jobIdSchema.safeParse(task.startedBy);
  const job = jobId.success ? await ledger.readJob(jobId.data) : null;
  if (job === null) {
    log.info({ task }, 'stopped-task-is-no-job');
    return;
  }
  await endAttempt(dependencies, job, task);
  await driveJob(dependencies, job.jobId, { remind: true });
  const waiting = await ledger.listJobs('queued', { limit: offersPerPlace, oldestFirst: true });
  for (const candidate of waiting.jobs) {
    if (candidate.jobId !== job.jobId && candidate.launch === null) {
      await driveJob(dependencies, candidate.jobId, { placeFreed: true });
    }
  }
}

/** Ends the attempt that a stopped task was for, unless it has been ended or the job is over. */
export async function endAttempt(
  { ledger, log }: InvokerDependencies,
  job: JobRecord,
  task: StoppedTask,
): Promise<void> {
  const { launch } = job;
  if (launch === null || (job.status !== 'queued' && job.status !== 'running')) return;
  // An event about an earlier attempt's task says nothing about this one.
  if (launch.taskArn !== null && launch.taskArn !== task.taskArn) return;
  const { end, reason } = classifyStop(task);
  // What the dead worker held need not wait for its lease.
  await ledger.releaseClaimsOf(job.jobId, workerOwner({ attempt: launch.attempt, slot: 0 }));
  const { outcome } = await ledger.advance(job.jobId, {
    kind: 'attempt-ended',
    attempt: launch.attempt,
    end,
    reason,
    largerSize: nextTaskSize(job.size),
  });
  if (outcome === 'moved')
    log.warn({ jobId: job.jobId, attempt: launch.attempt, end, reason }, 'attempt-ended');
}
