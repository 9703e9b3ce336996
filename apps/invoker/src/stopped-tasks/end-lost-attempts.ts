import {
  claimOwner,
  type JobRecord,
  maxStartMinutes,
  silenceMinutes,
  type UnitRecord,
} from '@fyrestream/events';
import { billStoppedTask } from '../billing/bill-stopped-task.ts';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { IsolateFailures } from '../isolate-failures.ts';
import { recoverTaskArn } from '../launch/recover-task-arn.ts';
import { classifyStop, type StopClassification } from './classify-stop.ts';
import { isSilent } from './is-silent.ts';
import { recordAttemptEnd } from './record-attempt-end.ts';

/** DescribeTasks accepts 100 tasks. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const tasksPerCall = 100;

/** Ends attempts whose task stopped without an event, and stops tasks that do not start or whose worker no longer writes. */
export async function endLostAttempts(
  dependencies: InvokerDependencies,
  jobs: readonly JobRecord[],
  isolate: IsolateFailures,
): Promise<void> {
  const { launcher, settings } = dependencies;
  const launched = new Map<string, JobRecord>();
  for (const listed of jobs) {
    if (listed.launch === null) continue;
    await isolate(listed.jobId, async () => {
      const job = await recoverTaskArn(dependencies, listed);
      if (job.launch?.taskArn) launched.set(job.launch.taskArn, job);
    });
  }
  const taskArns = [...launched.keys()];
  for (let start = 0; start < taskArns.length; start += tasksPerCall) {
    const page = taskArns.slice(start, start + tasksPerCall);
    for (const task of await launcher.findStopped(settings.launchTarget.cluster, page)) {
      const job = launched.get(task.taskArn);
      launched.delete(task.taskArn);
      if (job === undefined) continue;
      await isolate(job.jobId, async () => {
        await billStoppedTask(dependencies, job, task);
        // The job as it was listed: it may be at a later attempt, which another task does.
        await recordAttemptEnd(dependencies, job, classifyStop(task));
      });
    }
  }
  for (const [taskArn, job] of launched) {
    await isolate(job.jobId, async () => {
      const classification = await classifySilence(dependencies, job);
      if (classification === null) return;
      await launcher.stop(settings.launchTarget.cluster, taskArn, classification.reason.message);
      await recordAttemptEnd(dependencies, job, classification);
    });
  }
}

/** @returns how to end the attempt of a task that ECS reports as running; null while its worker writes to the ledger */
async function classifySilence(
  { ledger, clock }: InvokerDependencies,
  job: JobRecord,
): Promise<StopClassification | null> {
  const now = clock();
  const isStarting = job.status === 'queued';
  const minutes = isStarting ? maxStartMinutes : silenceMinutes.stopped;
  if (!isSilent(job.updatedAt, minutes, now)) return null;
  const units = unitsOfLeading(job, await ledger.listUnits(job.jobId));
  if (units.some((unit) => !isSilent(unit.updatedAt, minutes, now))) return null;
  const [end, code, what] = isStarting
    ? (['start-failed', 'start-timed-out', 'The task did not start'] as const)
    : (['failed', 'worker-silent', 'The worker gave no sign of life'] as const);
  return { end, reason: { code, message: `${what} for ${minutes} minutes.`, retryable: true } };
}

/**
 * The units that show whether the leading worker is alive: those that it has claimed. Without a claim it may be waiting for
 * the units of additional workers, and writes nothing: then all units count.
 */
function unitsOfLeading({ attempt }: JobRecord, units: readonly UnitRecord[]): readonly UnitRecord[] {
  const owner = claimOwner({ attempt, slot: 0 });
  const claimed = units.filter((unit) => unit.state === 'claimed' && unit.owner?.startsWith(owner));
  return claimed.length > 0 ? claimed : units;
}
