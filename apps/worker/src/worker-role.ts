import {
  additionalLaunches,
  type JobRecord,
  type JobStatus,
  type TranscodeRequest,
} from '@fyrestream/events';

/**
 * What a worker does for its job. The leading worker of an attempt plans, encodes, assembles and decides how the attempt
 * ends. Additional workers only encode units; they go on while the leading worker is replaced.
 */
export interface WorkerRole {
  readonly isLeading: boolean;
  /** The statuses of the job in which the worker goes on. */
  readonly activeStatuses: readonly JobStatus[];
  /** When its launch was planned. */
  readonly launchedAt: string | undefined;
}

export function roleOf({ slot }: TranscodeRequest, job: JobRecord): WorkerRole {
  if (slot === 0) {
    return { isLeading: true, activeStatuses: ['running'], launchedAt: job.launch?.plannedAt };
  }
  const launch = additionalLaunches(job).find((candidate) => candidate.slot === slot);
  return { isLeading: false, activeStatuses: ['running', 'queued'], launchedAt: launch?.plannedAt };
}
