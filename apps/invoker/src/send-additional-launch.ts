import { type AdditionalLaunch, additionalLaunches, type JobRecord } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';

/**
 * Sends a planned launch of an additional worker. Sent again, it starts nothing, and ECS answers with the task of the first
 * call. A launch that ECS does not accept gives its place back at once.
 */
export async function sendAdditionalLaunch(
  { ledger, launcher, log, settings }: InvokerDependencies,
  { jobId }: JobRecord,
  { slot, attempt, request }: AdditionalLaunch,
): Promise<{ job: JobRecord; isStarted: boolean }> {
  const result = await launcher.launch(request);
  log.info({ jobId, attempt, slot, capacity: request.capacity, ...result }, 'additional-launch-sent');
  if (result.outcome !== 'started') {
    const isWanted = result.outcome === 'no-capacity';
    const ended = await ledger.advance(jobId, { kind: 'additional-ended', slot, taskArn: null, isWanted });
    return { job: ended.job, isStarted: false };
  }
  const { taskArn } = result;
  const { job } = await ledger.advance(jobId, { kind: 'additional-started', slot, taskArn });
  if (!additionalLaunches(job).some((launch) => launch.slot === slot)) {
    // Another invoker has given the place back meanwhile.
    await launcher.stop(settings.launchTarget.cluster, taskArn, 'Its place was given back.');
  }
  return { job, isStarted: true };
}

/** Finds the tasks of launches that have none in the record: an invoker stopped before it recorded the answer of ECS. */
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
