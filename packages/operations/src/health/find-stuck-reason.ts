import { type JobRecord, maxStartMinutes, silenceMinutes, type UnitRecord } from '@fyrestream/events';
import { formatDuration } from '../format-duration.ts';

/** The sweep runs more often than this. */
const overdueSeconds = 10 * 60;

/**
 * Why an active job makes no progress; null where it is fine.
 * @param now in milliseconds since 1970
 */
export function findStuckReason(job: JobRecord, units: readonly UnitRecord[], now: number): string | null {
  const secondsSince = (at: string) => (now - Date.parse(at)) / 1_000;
  if (job.status === 'running') {
    const silent = Math.min(...[job, ...units].map(({ updatedAt }) => secondsSince(updatedAt)));
    return silent > silenceMinutes.stuck * 60
      ? `its worker has not reported for ${formatDuration(silent)}`
      : null;
  }
  if (job.status !== 'queued') return null;
  if (job.launch !== null) {
    const starting = secondsSince(job.launch.plannedAt);
    return starting > maxStartMinutes * 60
      ? `its task has not started for ${formatDuration(starting)}`
      : null;
  }
  const overdue = job.nextAttemptAt === null ? 0 : secondsSince(job.nextAttemptAt);
  return overdue > overdueSeconds ? `it was due ${formatDuration(overdue)} ago` : null;
}
