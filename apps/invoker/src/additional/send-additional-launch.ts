import type { LaunchOutcome } from '@fyrestream/cloud';
import { type AdditionalLaunch, additionalLaunches, type JobRecord } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

/**
 * Sends a planned launch of an additional worker and records its task. Sent again, it starts nothing, and ECS answers with the
 * task of the first call.
 */
export async function sendAdditionalLaunch(
  { ledger, launcher, log, settings }: InvokerDependencies,
  recorded: JobRecord,
  { slot, attempt, request }: AdditionalLaunch,
): Promise<{ job: JobRecord; outcome: LaunchOutcome['outcome'] }> {
  const { jobId } = recorded;
  const result = await launcher.launch(request);
  log.info({ jobId, attempt, slot, capacity: request.capacity, ...result }, 'additional-launch-sent');
  const { outcome } = result;
  if (outcome !== 'started') return { job: recorded, outcome };
  const { taskArn } = result;
  const { job } = await ledger.advance(jobId, { kind: 'additional-started', slot, taskArn });
  if (!additionalLaunches(job).some((launch) => launch.slot === slot)) {
    // Another invoker has given the place back meanwhile.
    await launcher.stop(settings.launchTarget.cluster, taskArn, 'Its place was given back.');
  }
  return { job, outcome };
}

/**
 * Finds the tasks of launches that have none in the record: an invoker stopped before it recorded the answer of ECS. A launch
 * that ECS does not accept now keeps its place, because an earlier call may have started its task.
 */
export async function recoverAdditionalArns(
  dependencies: InvokerDependencies,
  recorded: JobRecord,
): Promise<JobRecord> {
  let job = recorded;
  for (const launch of additionalLaunches(recorded)) {
    if (launch.taskArn === null) job = (await sendAdditionalLaunch(dependencies, job, launch)).job;
  }
  return job;
}
