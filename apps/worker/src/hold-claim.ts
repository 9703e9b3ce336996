import type { Claim, Ledger } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import type { Timers } from './timers.ts';

const heartbeatMilliseconds = 5_000;

export interface HeldClaim {
  readonly claim: Claim;
  /** Aborted when the work is no longer wanted: the claim is void, the job is cancelled, the worker must go. */
  readonly signal: AbortSignal;
  /** From 0 to 1; told to the ledger with the next sign of life. */
  report(progress: number): void;
  release(): void;
}

/**
 * Keeps a claim alive and listens whether its work is still wanted. A heartbeat that cannot be written is no verdict:
 * the lease outlasts several, and every later write shows the token anyway.
 */
export function holdClaim(
  { ledger, timers }: { ledger: Ledger; timers: Timers },
  claim: Claim,
  outer: AbortSignal,
): HeldClaim {
  const controller = new AbortController();
  let progress = 0;
  let beating = false;
  const beat = async () => {
    if (beating) return;
    beating = true;
    try {
      const [isMine, job] = await Promise.all([
        ledger.renewClaim(claim, progress),
        ledger.readJob(claim.jobId),
      ]);
      if (!isMine) controller.abort(obsoleteWorkError('claim-lost', `the claim of ${claim.unitId} is void`));
      else if (job?.status !== 'running') {
        controller.abort(obsoleteWorkError('job-over', `the job is ${job?.status ?? 'gone'}`));
      }
    } catch {
      // Throttled or cut off: the next beat tries again.
    } finally {
      beating = false;
    }
  };
  const stopBeating = timers.every(heartbeatMilliseconds, () => void beat());
  return {
    claim,
    signal: AbortSignal.any([outer, controller.signal]),
    report(share) {
      progress = Math.min(1, Math.max(progress, share));
    },
    release: stopBeating,
  };
}

export function obsoleteWorkError(code: 'claim-lost' | 'job-over', why: string): FyrestreamError {
  return new FyrestreamError({ code, message: `The work is no longer wanted: ${why}.`, retryable: true });
}

/** Whether work ended because others decide about it now; there is nothing to report then. */
export function isObsoleteWorkError(error: unknown): boolean {
  return error instanceof FyrestreamError && (error.code === 'claim-lost' || error.code === 'job-over');
}
