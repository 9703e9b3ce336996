import type { RunningTask } from '@fyrestream/cloud';
import {
  isActive,
  type JobRecord,
  jobIdSchema,
  launchesOf,
  maxStartMinutes,
  silenceMinutes,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { IsolateFailures } from '../isolate-failures.ts';
import { isSilent } from './is-silent.ts';

/**
 * Stops tasks that no job waits for and that do not end by themselves. Either the record of the job does not have the task:
 * the invoker that started it stopped before it recorded the answer of ECS, and another one withdrew the launch. Or the job is
 * over, and the worker hangs.
 */
export async function stopForgottenTasks(
  { ledger, launcher, clock, log, settings }: InvokerDependencies,
  isolate: IsolateFailures,
): Promise<void> {
  const { cluster } = settings.launchTarget;
  for (const task of await launcher.listRunning(cluster)) {
    const jobId = jobIdSchema.safeParse(task.startedBy);
    if (!jobId.success || !isSilent(task.createdAt, maxStartMinutes, clock())) continue;
    await isolate(jobId.data, async () => {
      const reason = whyForgotten(await ledger.readJob(jobId.data), task, clock());
      if (reason === null) return;
      log.warn({ jobId: jobId.data, taskArn: task.taskArn, reason }, 'forgotten-task-stopped');
      await launcher.stop(cluster, task.taskArn, reason);
    });
  }
}

/** @returns null for a task that its job needs, or that still has time to end with its job */
function whyForgotten(job: JobRecord | null, { taskArn }: RunningTask, now: string): string | null {
  if (job === null) return 'Its job has no record.';
  if (!isActive(job)) {
    return isSilent(job.updatedAt, silenceMinutes.stopped, now) ? `The job is ${job.status}.` : null;
  }
  // The task of a launch whose answer was not recorded is found by sending the launch again.
  if (launchesOf(job).some((launch) => launch.taskArn === taskArn || launch.taskArn === null)) return null;
  return 'The record of the job does not have this task.';
}
