import type { JobRecord } from '@fyrestream/events';
import { deferLaunch } from './defer-launch.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
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
      return deferLaunch(dependencies, job, result.reason);
    case 'refused': {
      const { reason } = result;
      const step = { kind: 'attempt-ended', attempt, end: 'start-failed', reason, largerSize: null } as const;
      return { job: (await ledger.advance(job.jobId, step)).job, again: true };
    }
  }
}
