import type { Claim, Ledger } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import type { Timers } from './timers.ts';
import type { WorkerRole } from './worker-role.ts';

const heartbeatMilliseconds = 5_000;

/** A claim whose lease is renewed until `stopHeartbeat` is called. */
export interface ActiveClaim extends Claim {
  /** Aborted when the work is obsolete: the claim is void, the job no longer runs, or the worker has to stop. */
  readonly signal: AbortSignal;
  /** From 0 to 1; the next heartbeat writes it to the ledger. */
  reportProgress(progress: number): void;
  stopHeartbeat(): void;
}

/**
 * Renews a claim and reads the status of its job every 5 seconds. A heartbeat that fails changes nothing: the lease
 * outlasts several of them, and the token is a condition of every later write.
 */
export function startClaimHeartbeat(
  { ledger, timers, activeStatuses }: { ledger: Ledger; timers: Timers } & Pick<WorkerRole, 'activeStatuses'>,
  claim: Claim,
  stop: AbortSignal,
): ActiveClaim {
  const controller = new AbortController();
  let progress = 0;
  let isBeating = false;
  const beat = async () => {
    if (isBeating) return;
    isBeating = true;
    try {
      const [isValid, job] = await Promise.all([
        ledger.renewClaim(claim, progress),
        ledger.readJob(claim.jobId),
      ]);
      if (!isValid) controller.abort(obsoleteWorkError('claim-lost', `the claim of ${claim.unitId} is void`));
      else if (job === null || !activeStatuses.includes(job.status)) {
        controller.abort(obsoleteWorkError('job-over', `the job is ${job?.status ?? 'deleted'}`));
      }
    } catch {
      // Throttled or not reachable: the next heartbeat tries again.
    } finally {
      isBeating = false;
    }
  };
  return {
    ...claim,
    signal: AbortSignal.any([stop, controller.signal]),
    reportProgress(share) {
      progress = Math.min(1, Math.max(progress, share));
    },
    stopHeartbeat: timers.every(heartbeatMilliseconds, () => void beat()),
  };
}

export function obsoleteWorkError(code: 'claim-lost' | 'job-over', why: string): FyrestreamError {
  return new FyrestreamError({ code, message: `The work is obsolete: ${why}.`, retryable: true });
}

/** Whether work ended because another worker or an operator decided about it: then there is no failure to report. */
export function isObsoleteWorkError(error: unknown): boolean {
  return error instanceof FyrestreamError && (error.code === 'claim-lost' || error.code === 'job-over');
}
