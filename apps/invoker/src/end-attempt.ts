import { type JobRecord, workerOwner } from '@fyrestream/events';
import { nextTaskSize } from '@fyrestream/media';
import type { StopVerdict } from './classify-stop.ts';
import type { InvokerDependencies } from './handler.ts';

/** Ends the attempt that is under way, by the end of its task; a job that is over, or further on, is left alone. */
export async function endAttempt(
  { ledger, log }: InvokerDependencies,
  { jobId, launch, size }: JobRecord,
  { end, reason }: StopVerdict,
): Promise<void> {
  if (launch === null) return;
  const { attempt } = launch;
  // What the dead worker held need not wait for its lease.
  await ledger.releaseClaimsOf(jobId, workerOwner({ attempt, slot: 0 }));
  const step = { kind: 'attempt-ended', attempt, end, reason, largerSize: nextTaskSize(size) } as const;
  const { outcome } = await ledger.advance(jobId, step);
  if (outcome === 'moved') log.warn({ jobId, attempt, end, reason }, 'attempt-ended');
}
