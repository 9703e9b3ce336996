import { type JobRecord, type JobStatus, waitsForPlace } from '@fyrestream/events';

/**
 * The key of a job in the index by status: its status, except that queued jobs are divided. `queued` are those in line for a
 * place, and records that an earlier release wrote last. `delayed` wait for a message: for their inspection, or until a time.
 * `starting` have a launch, so they hold a place.
 */
export type JobPhase = JobStatus | 'delayed' | 'starting';

export function phaseOf(job: JobRecord): JobPhase {
  if (job.status !== 'queued') return job.status;
  if (job.launch !== null) return 'starting';
  return waitsForPlace(job) ? 'queued' : 'delayed';
}

/** The phases of the jobs with a status. */
export function phasesOf(status: JobStatus): readonly JobPhase[] {
  return status === 'queued' ? ['queued', 'delayed', 'starting'] : [status];
}
