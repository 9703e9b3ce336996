import {
  addSeconds,
  type Capacity,
  type JobRecord,
  launchDelaySeconds,
  maxSpotInterruptions,
  type Reason,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { ReconcileResult } from '../reconcile-result.ts';
import { logBlockedLaunch } from './log-blocked-launch.ts';

/** Spot and on-demand have separate capacity and separate quotas; what else blocks a launch blocks both. */
const blocksOneCapacity: ReadonlySet<string> = new Set(['no-capacity', 'quota-reached']);

/** Records the time of the next launch: at once on demand if Spot had no capacity, later otherwise. */
export async function deferLaunch(
  dependencies: InvokerDependencies,
  job: JobRecord,
  reason: Reason,
): Promise<ReconcileResult> {
  const { ledger, clock, settings } = dependencies;
  const { jobId, attempt } = job;
  const fallsBack = mayFallBack(job, reason);
  const delaySeconds = fallsBack ? 0 : launchDelaySeconds({ jobId, waitCount: job.waitCount + 1 });
  const deferred = await ledger.advance(jobId, {
    kind: 'launch-deferred',
    attempt,
    reason,
    until: addSeconds(clock(), delaySeconds),
    capacity: fallsBack ? 'on-demand' : nextCapacity(job, settings),
  });
  logBlockedLaunch(dependencies, deferred.job);
  return { job: deferred.job, again: fallsBack };
}

/** Whether on-demand capacity may be available, although Spot has none. */
export function mayFallBack({ launch }: JobRecord, { code }: Reason): boolean {
  return launch?.request.capacity === 'spot' && blocksOneCapacity.has(code);
}

/** What the next launch tries first. */
export function nextCapacity(
  { interruptionCount }: JobRecord,
  { spotFirst }: InvokerDependencies['settings'],
): Capacity {
  return spotFirst && interruptionCount < maxSpotInterruptions ? 'spot' : 'on-demand';
}
