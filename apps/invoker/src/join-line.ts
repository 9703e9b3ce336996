import { type JobRecord, lineEntryOf, type Reason } from '@fyrestream/events';
import { nextCapacity } from './defer-launch.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { logBlockedLaunch } from './log-blocked-launch.ts';
import type { ReconcileResult } from './reconcile-result.ts';

/**
 * Adds a job to the line for a place. Its entry is written first: whoever finds it before the record says that the job waits
 * does what is due.
 */
export async function joinLine(
  dependencies: InvokerDependencies,
  job: JobRecord,
  reason: Reason,
): Promise<ReconcileResult> {
  const { ledger, settings } = dependencies;
  await ledger.joinLine(lineEntryOf(job, settings.priorities), job.version + 1);
  const capacity = nextCapacity(job, settings);
  const step = { kind: 'place-awaited', attempt: job.attempt, reason, capacity } as const;
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
