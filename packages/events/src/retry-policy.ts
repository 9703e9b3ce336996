/** Attempts that a job may fail by its own fault before it is given up. */
export const maxFailures = 3;

/** Interruptions after which Spot is no longer tried for a job. */
export const maxSpotInterruptions = 2;

/** All attempts together: where even interruptions do not end, something else is wrong. */
export const maxAttempts = 20;

/** Conditional writes of one record that may fail in a row. Few programs write to one record: more failures mean a loop. */
export const maxWriteConflicts = 20;

const secondsToMilliseconds = 1_000;
const maxDelaySeconds = 15 * 60;

/** Seconds to the next attempt after the n-th failure: 30, 120, 480, never more than 15 minutes (SQS delays no longer). */
export function retryDelaySeconds(failureCount: number): number {
  return Math.min(maxDelaySeconds, 30 * 4 ** Math.max(0, failureCount - 1));
}

/** Seconds to the next try after the n-th launch that found no place: 15, 30, 60 … 15 minutes. */
export function waitDelaySeconds(waitCount: number): number {
  return Math.min(maxDelaySeconds, 15 * 2 ** Math.min(10, Math.max(0, waitCount - 1)));
}

export function addSeconds(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * secondsToMilliseconds).toISOString();
}
