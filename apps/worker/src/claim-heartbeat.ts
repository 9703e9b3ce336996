import type { Claim, Clock, Ledger, UnitReport } from '@fyrestream/cloud';
import { FyrestreamError } from '@fyrestream/events';
import { createProgressMeter, type ProgressMeter } from './progress-meter.ts';
import type { Timers } from './timers.ts';
import type { WorkerRole } from './worker-role.ts';

const heartbeatMilliseconds = 5_000;

/** A claim whose lease is renewed until `stopHeartbeat` is called. */
export interface ActiveClaim extends Claim {
  /** Aborted when the work is obsolete: the claim is void, the job no longer runs, or the worker has to stop. */
  readonly signal: AbortSignal;
  /** What is reported to it the next heartbeat writes to the ledger: progress never costs a write of its own. */
  readonly meter: ProgressMeter;
  readonly reported: UnitReport;
  /** Whether all workers of the job can read more than the progress. */
  readonly isDetailed: boolean;
  stopHeartbeat(): void;
}

/**
 * Renews a claim, records its progress by the same write, and reads the status of its job every 5 seconds. A heartbeat that fails changes nothing: the lease
 * outlasts several of them, and the token is a condition of every later write.
 * @param isDetailed whether all workers of the job can read speeds and tracks in a unit's record
 */
export function startClaimHeartbeat(
  {
    ledger,
    timers,
    clock,
    activeStatuses,
  }: { ledger: Ledger; timers: Timers; clock: Clock } & Pick<WorkerRole, 'activeStatuses'>,
  { reported = { progress: 0 }, ...claim }: Claim & { readonly reported?: UnitReport },
  stop: AbortSignal,
  isDetailed = false,
): ActiveClaim {
  const controller = new AbortController();
  const meter = createProgressMeter({ now: () => Date.parse(clock()), reported, isDetailed });
  let isBeating = false;
  const beat = async () => {
    if (isBeating) return;
    isBeating = true;
    try {
      const [isValid, job] = await Promise.all([
        ledger.renewClaim(claim, meter.read()),
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
    ...{ meter, reported, isDetailed },
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
