/** Failed attempts after which a job fails. */
export const maxFailures = 3;

/** Interruptions after which a job no longer runs on Spot. */
export const maxSpotInterruptions = 2;

/** The limit for all attempts: a job that is interrupted this often has another problem. */
export const maxAttemptsWithInterruptions = 20;

/** Postponed inspections of an upload after which its job is launched without one: about four hours. */
export const maxInspectionDelays = 24;

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

/** With half of it added, this is the maximum of all delays. */
const maxLaunchDelaySeconds = maxDelaySeconds / 1.5;

/**
 * Seconds until the launch after the n-th one without capacity: at least 15, 30, 60, … 10 minutes, and up to half more. The job
 * decides how much, so that jobs that were refused together do not come back together.
 */
export function launchDelaySeconds({ jobId, waitCount }: { jobId: string; waitCount: number }): number {
  const shortest = Math.min(maxLaunchDelaySeconds, 15 * 2 ** Math.min(10, Math.max(0, waitCount - 1)));
  return Math.floor(shortest * (1 + fractionOf(`${jobId}/${waitCount}`) / 2));
}

/** A number from 0 to 1 that looks random (FNV-1a). */
function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  // The last step spreads the last characters over all bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32;
}

export function addSeconds(at: string, seconds: number): string {
  return new Date(Date.parse(at) + seconds * secondsToMilliseconds).toISOString();
}
