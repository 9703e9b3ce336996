import { type JobRecord, waitsForPlace } from '@fyrestream/events';

/** What a queued job waits for, after "waits for"; null where it does not wait. */
export function describeWait(
  job: Pick<
    JobRecord,
    'status' | 'launch' | 'nextAttemptAt' | 'awaitsInspection' | 'reason' | 'waitCount' | 'attempt'
  >,
): string | null {
  if (job.status !== 'queued') return null;
  if (job.launch !== null) return job.launch.taskArn === null ? 'its task' : 'its worker';
  if (job.awaitsInspection) return 'its inspection';
  if (job.reason?.code === 'all-places-taken') return 'a free place';
  if (waitsForPlace(job) || job.waitCount > 0) return 'capacity';
  return job.reason === null ? 'its launch' : `attempt ${job.attempt + 1}`;
}
