import { type JobRecord, maxStartMinutes, silenceMinutes } from '@fyrestream/events';
import { classifyStop, type StopClassification } from './classify-stop.ts';
import { endAttempt } from './end-attempt.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { nameTask } from './send-launch.ts';

/** DescribeTasks takes a hundred. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const tasksPerCall = 100;

/** Ends attempts whose task is over although nobody said so, and stops tasks that give no sign of life. */
export async function endLostAttempts(
  dependencies: InvokerDependencies,
  jobs: readonly JobRecord[],
  each: (jobId: string, work: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const { launcher, settings } = dependencies;
  const launched = new Map<string, JobRecord>();
  for (const standing of jobs) {
    if (standing.launch === null) continue;
    await each(standing.jobId, async () => {
      const job = await nameTask(dependencies, standing);
      if (job.launch?.taskArn) launched.set(job.launch.taskArn, job);
    });
  }
  const taskArns = [...launched.keys()];
  for (let start = 0; start < taskArns.length; start += tasksPerCall) {
    const page = taskArns.slice(start, start + tasksPerCall);
    for (const task of await launcher.findStopped(settings.launchTarget.cluster, page)) {
      const job = launched.get(task.taskArn);
      launched.delete(task.taskArn);
      if (job) await each(job.jobId, () => endAttempt(dependencies, job, classifyStop(task)));
    }
  }
  for (const [taskArn, job] of launched) {
    await each(job.jobId, async () => {
      const verdict = await judgeSilence(dependencies, job);
      if (verdict === null) return;
      await launcher.stop(settings.launchTarget.cluster, taskArn, verdict.reason.message);
      await endAttempt(dependencies, job, verdict);
    });
  }
}

/** What to make of a task that ECS takes for alive: nothing as long as its worker gives signs of life. */
async function judgeSilence(
  { ledger, clock }: InvokerDependencies,
  job: JobRecord,
): Promise<StopClassification | null> {
  const isSilent = (since: string, minutes: number) =>
    Date.parse(clock()) - Date.parse(since) > minutes * 60_000;
  const isStarting = job.status === 'queued';
  const minutes = isStarting ? maxStartMinutes : silenceMinutes.stopped;
  if (!isSilent(job.updatedAt, minutes)) return null;
  const units = await ledger.listUnits(job.jobId);
  if (units.some((unit) => !isSilent(unit.updatedAt, minutes))) return null;
  const [end, code, what] = isStarting
    ? (['start-failed', 'start-timed-out', 'The task did not start'] as const)
    : (['failed', 'worker-silent', 'The worker gave no sign of life'] as const);
  return { end, reason: { code, message: `${what} for ${minutes} minutes.`, retryable: true } };
}
