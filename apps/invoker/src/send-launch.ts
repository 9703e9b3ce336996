import type { JobRecord, Reason } from '@fyrestream/events';
import { deferLaunch, mayFallBack } from './defer-launch.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { joinLine } from './join-line.ts';
import type { ReconcileResult } from './reconcile-result.ts';

/** Sends the planned RunTask request; by its client token ECS starts one task, however often it is sent. */
export async function sendLaunch(
  dependencies: InvokerDependencies,
  job: JobRecord,
): Promise<ReconcileResult> {
  const { ledger, launcher, log } = dependencies;
  if (job.launch === null) return { job, again: false };
  const { attempt, request } = job.launch;
  const result = await launcher.launch(request);
  log.info({ jobId: job.jobId, attempt, capacity: request.capacity, ...result }, 'launch-sent');
  switch (result.outcome) {
    case 'started': {
      const step = { kind: 'task-started', attempt, taskArn: result.taskArn } as const;
      return { job: (await ledger.advance(job.jobId, step)).job, again: false };
    }
    case 'no-capacity':
      // Spot and on-demand have separate capacity: one may be available when the other is not.
      return awaitCapacity(dependencies, job, result.reason);
    case 'refused': {
      const { reason } = result;
      const step = { kind: 'attempt-ended', attempt, end: 'start-failed', reason, largerSize: null } as const;
      return { job: (await ledger.advance(job.jobId, step)).job, again: true };
    }
  }
}

/** How many jobs to read to find one that waits for capacity too. */
const maxJobsRead = 25;

/**
 * The end of a task that runs frees capacity and tries the jobs in line again. If none runs, only time can help: then one job
 * has a reminder, and the others are tried with it.
 */
async function awaitCapacity(
  dependencies: InvokerDependencies,
  job: JobRecord,
  reason: Reason,
): Promise<ReconcileResult> {
  const { ledger } = dependencies;
  // Deferring it tries on-demand capacity at once.
  if (mayFallBack(job, reason)) return deferLaunch(dependencies, job, reason);
  const [running, delayed] = await Promise.all([
    ledger.listPhase('running', { limit: 1 }),
    ledger.listPhase('delayed', { limit: maxJobsRead }),
  ]);
  const hasReminder = delayed.some((other) => other.jobId !== job.jobId && waitsForCapacity(other));
  const isTriedAgain = running.length > 0 || hasReminder;
  return isTriedAgain ? joinLine(dependencies, job, reason) : deferLaunch(dependencies, job, reason);
}

/** Whether the job waits for the time of its next launch because ECS had no capacity for the last one. */
export function waitsForCapacity({ launch, waitCount, awaitsInspection }: JobRecord): boolean {
  return launch === null && waitCount > 0 && !awaitsInspection;
}
