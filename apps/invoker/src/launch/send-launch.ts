import type { JobRecord, Reason } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { joinLine } from '../line/join-line.ts';
import type { ReconcileResult } from '../reconcile-result.ts';
import { deferLaunch, mayFallBack } from './defer-launch.ts';
import { listWaitingForCapacity } from './list-waiting-for-capacity.ts';

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
  const [running, waiting] = await Promise.all([
    ledger.listPhase('running', { limit: 1 }),
    listWaitingForCapacity(dependencies, job),
  ]);
  const isTriedAgain = running.length > 0 || waiting.length > 0;
  return isTriedAgain ? joinLine(dependencies, job, reason) : deferLaunch(dependencies, job, reason);
}
