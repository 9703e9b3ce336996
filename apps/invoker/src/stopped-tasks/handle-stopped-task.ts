import {
  type AttemptEnd,
  additionalLaunches,
  type JobRecord,
  jobIdSchema,
  reasonFrom,
  type StoppedTask,
} from '@fyrestream/events';
import { endAdditional, endOfStopped } from '../additional/end-additional.ts';
import { launchAdditional, wantsWorkers } from '../additional/launch-additional.ts';
import { recoverAdditionalArns } from '../additional/send-additional-launch.ts';
import { billStoppedTask } from '../billing/bill-stopped-task.ts';
import { removeUnpublishedVersions } from '../clean-up/remove-unpublished-versions.ts';
import { removeWork } from '../clean-up/remove-work.ts';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { listWaitingForCapacity } from '../launch/list-waiting-for-capacity.ts';
import { recoverTaskArn } from '../launch/recover-task-arn.ts';
import { fillPlaces } from '../line/fill-places.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { classifyStop } from './classify-stop.ts';
import { recordAttemptEnd } from './record-attempt-end.ts';

/** How many waiting jobs to reconcile when capacity is free: the first may be cancelled meanwhile. */
const jobsPerFreedTask = 3;
/** How many running jobs to read to find some that want more workers. */
const maxJobsRead = 25;

/**
 * Handles the end of a task by the record of its job. Usually the worker has already recorded the end; otherwise this ends the
 * attempt, and the job continues from its finished units; the end of an additional worker only frees its place. Then it
 * launches waiting jobs with the free capacity and removes unpublished versions of a finished job.
 */
export async function handleStoppedTask(dependencies: InvokerDependencies, task: StoppedTask): Promise<void> {
  const { ledger, log } = dependencies;
  const jobId = jobIdSchema.safeParse(task.startedBy);
  const recorded = jobId.success ? await ledger.readJob(jobId.data) : null;
  if (recorded === null) {
    log.info({ task }, 'stopped-task-without-job');
    return;
  }
  const classification = classifyStop(task);
  let job = await recoverTaskArn(dependencies, recorded);
  job = await recoverAdditionalArns(dependencies, job);
  job = await billStoppedTask(dependencies, job, task);
  // A late or repeated event about the task of an earlier attempt does not concern the current attempt.
  if (job.launch?.taskArn === task.taskArn) job = await recordAttemptEnd(dependencies, job, classification);
  const additional = additionalLaunches(job).find(({ taskArn }) => taskArn === task.taskArn);
  if (additional) job = await endAdditional(dependencies, job, additional, endOfStopped(task));
  job = await reconcileJob(dependencies, job, { sendReminder: true });
  await useFreedPlace(dependencies, job, classification.end);
  const removals = [
    () => removeUnpublishedVersions(dependencies, job.jobId),
    () => removeWork(dependencies, job.jobId, ['cancelled']),
  ];
  for (const remove of removals) {
    await remove().catch((error: unknown) => {
      // These files are not visible to viewers: the event need not be handled again.
      log.warn({ jobId: job.jobId, reason: reasonFrom(error) }, 'files-of-job-not-removed');
    });
  }
}

/**
 * Launches jobs that wait. A task that AWS did not start frees its place, but no capacity: jobs that wait for capacity would
 * launch each other without a delay, so they wait for the reminder of its job.
 */
async function useFreedPlace(
  dependencies: InvokerDependencies,
  job: JobRecord,
  end: AttemptEnd,
): Promise<void> {
  const { ledger } = dependencies;
  const hasCapacity = end !== 'not-started';
  await fillPlaces(dependencies, { known: [job], skipsBlocked: !hasCapacity });
  const waiting = await listWaitingForCapacity(dependencies, job);
  for (const candidate of hasCapacity ? waiting.slice(0, jobsPerFreedTask) : []) {
    await reconcileJob(dependencies, candidate, { capacityFreed: true });
  }
  const line = await ledger.listLine();
  if (waiting.length === 0 && line.length === 0) await launchAdditionalOfOthers(dependencies, job);
}

/** Jobs that run with fewer workers than they want get the place that no job waits for. */
async function launchAdditionalOfOthers(
  dependencies: InvokerDependencies,
  { jobId }: JobRecord,
): Promise<void> {
  const running = await dependencies.ledger.listPhase('running', { limit: maxJobsRead });
  const wanting = running.filter((job) => job.jobId !== jobId && wantsWorkers(job));
  for (const job of wanting.slice(0, jobsPerFreedTask)) await launchAdditional(dependencies, job);
}
