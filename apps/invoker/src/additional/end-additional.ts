import {
  type AdditionalLaunch,
  claimOwner,
  type JobRecord,
  type StoppedTask,
  workerExitCode,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { classifyStop } from '../stopped-tasks/classify-stop.ts';

/** Why an additional worker ended, and whether another one takes its place. */
export interface AdditionalEnd {
  readonly isWanted: boolean;
  readonly reason: string;
}

/** Frees the place and the claims of an additional worker whose task ended: the job goes on, whatever the reason. */
export async function endAdditional(
  { ledger, log }: InvokerDependencies,
  { jobId }: JobRecord,
  { attempt, slot, taskArn }: AdditionalLaunch,
  { isWanted, reason }: AdditionalEnd,
): Promise<JobRecord> {
  // Other workers can claim its units at once, before the leases expire.
  await ledger.releaseClaimsOf(jobId, claimOwner({ attempt, slot }));
  const ended = await ledger.advance(jobId, { kind: 'additional-ended', slot, taskArn, isWanted });
  if (ended.outcome === 'moved') log.info({ jobId, attempt, slot, reason }, 'additional-worker-ended');
  return ended.job;
}

/**
 * Only a worker that was interrupted is replaced. One that found no unit open needs no successor, and what made one fail
 * would make the next one fail.
 */
export function endOfStopped(task: StoppedTask): AdditionalEnd {
  if (task.exitCode === workerExitCode.done) return { isWanted: false, reason: 'No unit was open.' };
  const { end, reason } = classifyStop(task);
  return { isWanted: end === 'interrupted', reason: reason.message };
}
