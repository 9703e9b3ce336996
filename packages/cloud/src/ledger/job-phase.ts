import { type JobRecord, type JobStatus, launchesOf, waitsForPlace } from '@fyrestream/events';

/**
 * The key of a job in the index by status: its status, except that queued jobs are divided. `queued` are those in line for a
 * place, and records that an earlier release wrote last. `uninspected` and `delayed` wait for a message, for their inspection or
 * until a time: thousands of the first must not hide the second.
 * `starting` hold a place: they have a launch, or additional workers of an earlier attempt.
 */
export type JobPhase = JobStatus | 'uninspected' | 'delayed' | 'starting';

export function phaseOf(job: JobRecord): JobPhase {
  if (job.status !== 'queued') return job.status;
  if (launchesOf(job).length > 0) return 'starting';
  if (job.awaitsInspection) return 'uninspected';
  return waitsForPlace(job) ? 'queued' : 'delayed';
}

/** The phases of the jobs with a status. */
export function phasesOf(status: JobStatus): readonly JobPhase[] {
  return status === 'queued' ? ['queued', 'uninspected', 'delayed', 'starting'] : [status];
}
