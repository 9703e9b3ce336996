import { type JobRecord, workerOwner } from '@fyrestream/events';
import { withLargerMemory } from '@fyrestream/media';
import type { StopClassification } from './classify-stop.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';

/** Ends the attempt that is under way, by the end of its task; a job that is over, or further on, is left alone. @returns the job as it stands */
export async function endAttempt(
  { ledger, log }: InvokerDependencies,
  job: JobRecord,
  { end, reason }: StopClassification,
): Promise<JobRecord> {
  const { jobId, launch, size } = job;
  if (launch === null) return job;
  const { attempt } = launch;
  // What the dead worker held need not wait for its lease.
  await ledger.releaseClaimsOf(jobId, workerOwner({ attempt, slot: 0 }));
  const step = { kind: 'attempt-ended', attempt, end, reason, largerSize: withLargerMemory(size) } as const;
  const ended = await ledger.advance(jobId, step);
  if (ended.outcome === 'moved') log.warn({ jobId, attempt, end, reason }, 'attempt-ended');
  return ended.job;
}
