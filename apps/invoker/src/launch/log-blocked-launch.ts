import { blockedSecondsOf, type JobRecord } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

/** Logs that AWS has not started the task of a job for long; an alarm counts these lines. A blocked job tries every 15 minutes. */
export function logBlockedLaunch({ clock, log }: InvokerDependencies, job: JobRecord): void {
  const blockedSeconds = blockedSecondsOf(job, clock());
  if (blockedSeconds === null) return;
  const { jobId, launchBlockedSince, reason } = job;
  log.warn({ jobId, launchBlockedSince, reason }, 'launch-blocked');
}
