import {
  type AdditionalLaunch,
  additionalLaunches,
  claimOwner,
  isActive,
  type JobRecord,
  maxStartMinutes,
  silenceMinutes,
  type UnitRecord,
} from '@fyrestream/events';
import { billStoppedTask } from '../billing/bill-stopped-task.ts';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { isSilent } from '../stopped-tasks/is-silent.ts';
import { endAdditional, endOfStopped } from './end-additional.ts';
import { recoverAdditionalArns } from './send-additional-launch.ts';

/**
 * Ends the additional workers of a job whose task stopped without an event. Stops those that do not start or no longer write
 * to the ledger, and all of a job that is over or held. Gives up launches for which ECS starts no task.
 */
export async function endLostAdditional(
  dependencies: InvokerDependencies,
  recorded: JobRecord,
): Promise<JobRecord> {
  if (additionalLaunches(recorded).length === 0) return recorded;
  const { ledger, launcher, settings } = dependencies;
  const { cluster } = settings.launchTarget;
  let job = await recoverAdditionalArns(dependencies, recorded);
  const launched = additionalLaunches(job);
  const stopped = await launcher.findStopped(
    cluster,
    launched.flatMap(({ taskArn }) => taskArn ?? []),
  );
  const units = await ledger.listUnits(job.jobId);
  for (const launch of launched) {
    const task = stopped.find(({ taskArn }) => taskArn === launch.taskArn);
    if (task !== undefined) {
      job = await billStoppedTask(dependencies, job, task);
      job = await endAdditional(dependencies, job, launch, endOfStopped(task));
      continue;
    }
    const reason = whyStop(dependencies, job, launch, units);
    if (reason === null) continue;
    if (launch.taskArn !== null) await launcher.stop(cluster, launch.taskArn, reason);
    job = await endAdditional(dependencies, job, launch, { isWanted: launch.taskArn === null, reason });
  }
  return job;
}

/** @returns null while the worker is of use to its job and writes to the ledger */
function whyStop(
  { clock }: InvokerDependencies,
  job: JobRecord,
  launch: AdditionalLaunch,
  units: readonly UnitRecord[],
): string | null {
  if (!isActive(job) && launch.taskArn !== null) return `The job is ${job.status}.`;
  const now = clock();
  if (!isSilent(launch.plannedAt, maxStartMinutes, now)) return null;
  if (launch.taskArn === null) return `ECS started no task for ${maxStartMinutes} minutes.`;
  const claimed = units.filter(({ owner }) => owner?.startsWith(claimOwner(launch)));
  if (claimed.some((unit) => !isSilent(unit.updatedAt, silenceMinutes.stopped, now))) return null;
  return `The worker gave no sign of life for ${silenceMinutes.stopped} minutes.`;
}
