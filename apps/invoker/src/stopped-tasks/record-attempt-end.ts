import { claimOwner, type JobRecord } from '@fyrestream/events';
import { withLargerMemory } from '@fyrestream/media';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { logBlockedLaunch } from '../launch/log-blocked-launch.ts';
import type { StopClassification } from './classify-stop.ts';

/** Records the end of the current attempt; changes nothing if the job is over or at a later attempt. @returns the current job */
export async function recordAttemptEnd(
  dependencies: InvokerDependencies,
  job: JobRecord,
  { end, reason }: StopClassification,
): Promise<JobRecord> {
  const { ledger, log } = dependencies;
  const { jobId, launch, size } = job;
  if (launch === null) return job;
  const { attempt } = launch;
  // Other workers can claim its units at once, before the leases expire.
  await ledger.releaseClaimsOf(jobId, claimOwner({ attempt, slot: 0 }));
  const step = { kind: 'attempt-ended', attempt, end, reason, largerSize: withLargerMemory(size) } as const;
  const ended = await ledger.advance(jobId, step);
  if (ended.outcome === 'moved') log.warn({ jobId, attempt, end, reason }, 'attempt-ended');
  logBlockedLaunch(dependencies, ended.job);
  return ended.job;
}
