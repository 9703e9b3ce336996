import { addSeconds, type JobRecord, launchDelaySeconds, type Reason } from '@fyrestream/events';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import type { ReconcileResult } from './reconcile-result.ts';

/** Records the time of the next launch: at once on demand if Spot had no capacity, later otherwise. */
export async function deferLaunch(
  { ledger, clock, settings }: InvokerDependencies,
  job: JobRecord,
  reason: Reason,
): Promise<ReconcileResult> {
  const fallsBack = job.launch?.request.capacity === 'spot';
  const delaySeconds = fallsBack ? 0 : launchDelaySeconds(job.waitCount + 1);
  const deferred = await ledger.advance(job.jobId, {
    kind: 'launch-deferred',
    attempt: job.attempt,
    reason,
    until: addSeconds(clock(), delaySeconds),
    capacity: fallsBack || !settings.spotFirst ? 'on-demand' : 'spot',
  });
  return { job: deferred.job, again: fallsBack };
}
