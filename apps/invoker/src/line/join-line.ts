import { isLaunchBlock, type JobRecord, lineEntryOf, type Reason } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { nextCapacity } from '../launch/defer-launch.ts';
import { logBlockedLaunch } from '../launch/log-blocked-launch.ts';
import type { ReconcileResult } from '../reconcile-result.ts';

/**
 * Adds a job to the line for a place: by its age, or behind the other refused jobs of its priority if AWS has just refused its launch. The
 * entry is written first: whoever finds it before the record says that the job waits does what is due.
 */
export async function joinLine(
  dependencies: InvokerDependencies,
  job: JobRecord,
  reason: Reason,
): Promise<ReconcileResult> {
  const { ledger, settings, clock } = dependencies;
  const refusedAt = isLaunchBlock(reason.code) ? clock() : undefined;
  const entry = lineEntryOf({ ...job, refusedAt }, settings.priorities);
  await ledger.joinLine(entry, job.version + 1);
  const capacity = nextCapacity(job, settings);
  const step = { kind: 'place-awaited', attempt: job.attempt, reason, capacity, refusedAt } as const;
  const { job: inLine } = await ledger.advance(job.jobId, step);
  logBlockedLaunch(dependencies, inLine);
  return { job: inLine, again: false };
}

export function allPlacesTaken(maxConcurrentTasks: number): Reason {
  return {
    code: 'all-places-taken',
    message: `The stack already runs ${maxConcurrentTasks} tasks, its limit, or others wait for the next place.`,
    retryable: true,
  };
}
