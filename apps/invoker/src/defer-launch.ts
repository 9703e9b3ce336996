import { addSeconds, type JobRecord, launchDelaySeconds, type Reason } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import type { ReconcileResult } from './reconcile-result.ts';

/** Notes when to try again: at once on demand where Spot had no place, later otherwise. */
export async function deferLaunch(
  { ledger, clock, settings }: InvokerDependencies,
  job: JobRecord,
  reason: Reason,
): Promise<ReconcileResult> {
  const fallBack = job.launch?.request.capacity === 'spot';
  const delaySeconds = fallBack ? 0 : launchDelaySeconds(job.waitCount + 1);
  const deferred = await ledger.advance(job.jobId, {
    kind: 'launch-deferred',
    attempt: job.attempt,
    reason,
    until: addSeconds(clock(), delaySeconds),
    capacity: fallBack || !settings.spotFirst ? 'on-demand' : 'spot',
  });
  return { job: deferred.job, again: fallBack };
}
