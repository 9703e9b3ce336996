import { type JobRecord, jobIdSchema, reasonFrom, type StoppedTask } from '@fyrestream/events';
import { classifyStop } from './classify-stop.ts';
import { endAttempt } from './end-attempt.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { reconcileJob } from './reconcile-job.ts';
import { removeAbandonedVersions } from './remove-abandoned-versions.ts';
import { nameTask } from './send-launch.ts';

/** Waiting jobs that a freed place is offered to: the first may be gone meanwhile. */
const offersPerPlace = 3;
/** How far is looked for them among those that wait for the time of their next attempt. */
const jobsLookedAt = 100;

/**
 * A task is over. Its job decides by its record what that means: usually nothing, the worker has said all before it
 * left; otherwise the attempt ended and the job goes on from what its units have. The freed place goes to who waits, and
 * what a job that is over leaves unpublished goes altogether.
 */
export async function handleStoppedTask(dependencies: InvokerDependencies, task: StoppedTask): Promise<void> {
  const { ledger, log } = dependencies;
  const jobId = jobIdSchema.safeParse(task.startedBy);
  const standing = jobId.success ? await ledger.readJob(jobId.data) : null;
  if (standing === null) {
    log.info({ task }, 'stopped-task-is-no-job');
    return;
  }
  let job = await nameTask(dependencies, standing);
  // An event about an earlier attempt's task, late or told twice, says nothing about this one.
  if (job.launch?.taskArn === task.taskArn) job = await endAttempt(dependencies, job, classifyStop(task));
  await reconcileJob(dependencies, job, { remind: true });
  const queued = await ledger.listJobs('queued', { limit: jobsLookedAt, oldestFirst: true });
  const waiting = queued.jobs.filter(
    (candidate) => candidate.jobId !== job.jobId && waitsForPlace(candidate),
  );
  for (const candidate of waiting.slice(0, offersPerPlace)) {
    await reconcileJob(dependencies, candidate, { placeFreed: true });
  }
  await removeAbandonedVersions(dependencies, job.jobId).catch((error: unknown) => {
    // Nobody sees these files: no reason to take the event again.
    log.warn({ jobId: job.jobId, reason: reasonFrom(error) }, 'abandoned-versions-stay');
  });
}

function waitsForPlace({ launch, waitCount }: JobRecord): boolean {
  return launch === null && waitCount > 0;
}
