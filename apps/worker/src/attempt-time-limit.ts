import { attemptTimeLimits, FyrestreamError, type JobRecord } from '@fyrestream/events';
import { type FargatePrices, MediaRefusal, taskSecondsOf } from '@fyrestream/media';
import type { WorkerServices } from './worker-services.ts';

/** The time limit of one attempt: it limits the cost of a file on which ffmpeg does not end, and how long others wait for it. */
export interface AttemptTimeLimit {
  /** Aborted with `deadline-exceeded` or `estimate-exceeded` when the time is over. */
  readonly signal: AbortSignal;
  clear(): void;
}

const secondsPerHour = 3_600;

export function startAttemptTimeLimit(
  { timers, settings: { attemptHours, prices } }: Pick<WorkerServices, 'timers' | 'settings'>,
  job: Pick<JobRecord, 'costEstimateUsd' | 'size'>,
): AttemptTimeLimit {
  const exceeded = new AbortController();
  const cleared = new AbortController();
  const byEstimate = secondsByEstimate(job, prices);
  const seconds = Math.min(attemptHours * secondsPerHour, byEstimate);
  timers.sleep(seconds * 1_000, cleared.signal).then(
    () => exceeded.abort(seconds === byEstimate ? estimateExceeded(seconds) : deadlineExceeded(attemptHours)),
    // The limit was cleared.
    () => {},
  );
  return { signal: exceeded.signal, clear: () => cleared.abort() };
}

/** Infinite without an estimate. */
function secondsByEstimate(
  { costEstimateUsd, size }: Pick<JobRecord, 'costEstimateUsd' | 'size'>,
  prices: FargatePrices,
): number {
  if (costEstimateUsd === null) return Number.POSITIVE_INFINITY;
  const { estimateMultiple, minMinutes } = attemptTimeLimits;
  const estimated = taskSecondsOf(costEstimateUsd, size, prices);
  return Math.max(minMinutes * 60, estimateMultiple * estimated);
}

function estimateExceeded(seconds: number): FyrestreamError {
  return new MediaRefusal(
    'estimate-exceeded',
    `The attempt took longer than ${Math.round(seconds / 60)} minutes, ${attemptTimeLimits.estimateMultiple} times its estimate.`,
  );
}

function deadlineExceeded(attemptHours: number): FyrestreamError {
  return new FyrestreamError({
    code: 'deadline-exceeded',
    message: `The attempt took longer than its limit of ${attemptHours} hours (attemptHours).`,
    retryable: false,
  });
}
