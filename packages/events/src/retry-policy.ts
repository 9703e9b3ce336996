/** Failed attempts after which a job fails. */
export const maxFailures = 3;

/** Interruptions after which a job no longer runs on Spot. */
export const maxSpotInterruptions = 2;

/** The limit for all attempts: a job that is interrupted this often has another problem. */
export const maxAttemptsWithInterruptions = 20;

/** Postponed inspections of an upload after which its job is launched without one: four hours. */
export const maxInspectionDelays = 20;

/** The same for an upload to which access is denied; then its job fails: a quarter of an hour, longer than a new policy needs. */
export const maxDeniedInspections = 6;

/**
 * An inspection is due at once. If it was not recorded after this time, it ended its process each time, and the job is launched
 * without one.
 */
export const maxInspectionMinutes = 30;

/** Conditional writes of one record that may fail in a row. Few programs write to one record: more failures mean a loop. */
export const maxWriteConflicts = 20;

const secondsToMilliseconds = 1_000;
/** The maximum of all delays, which is that of SQS. */
export const maxDelaySeconds = 15 * 60;

/** Seconds until the attempt after the n-th failure: 30, 120, 480, at most 15 minutes. */
export function retryDelaySeconds(failureCount: number): number {
  return Math.min(maxDelaySeconds, 30 * 4 ** Math.max(0, failureCount - 1));
}

/** Seconds until the launch after the n-th one without capacity: 15, 30, 60, … at most 15 minutes. */
export function launchDelaySeconds(waitCount: number): number {
  return Math.min(maxDelaySeconds, 15 * 2 ** Math.min(10, Math.max(0, waitCount - 1)));
}

export function addSeconds(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * secondsToMilliseconds).toISOString();
}
