import type { JobRecord } from '@fyrestream/events';
import { deferLaunch } from './defer-launch.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import type { ReconcileResult } from './reconcile-result.ts';

/** Sends the frozen request; ECS knows its client token and starts one task for it, however often it is sent. */
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
    case 'no-place':
      // Spot and on-demand are separate pools: what one has not, the other may have.
      return deferLaunch(dependencies, job, result.reason);
    case 'refused': {
      const { reason } = result;
      const step = { kind: 'attempt-ended', attempt, end: 'start-failed', reason, largerSize: null } as const;
      return { job: (await ledger.advance(job.jobId, step)).job, again: true };
    }
  }
}

/**
 * A launch whose task is not on record: whoever sent it died before the answer could be written. Sent again it starts
 * nothing, ECS names the task that it started the first time.
 * @returns the job with its task named, or as it was where ECS does not say now
 */
export async function nameTask(
  { ledger, launcher }: InvokerDependencies,
  job: JobRecord,
): Promise<JobRecord> {
  if (job.launch === null || job.launch.taskArn !== null) return job;
  const { attempt, request } = job.launch;
  const result = await launcher.launch(request);
  if (result.outcome !== 'started') return job;
  return (await ledger.advance(job.jobId, { kind: 'task-started', attempt, taskArn: result.taskArn })).job;
}
