import { blockedSecondsOf, isLaunchBlock, type JobRecord, launchBlockRemedies } from '@fyrestream/events';
import { formatDuration } from '../format-duration.ts';
import { createFinding, type Finding } from './finding.ts';

/**
 * Whether AWS starts the tasks of the queued jobs. Waiting for an hour is wrong, although it costs no attempt: quotas and subnets
 * do not change by themselves.
 */
export function checkLaunches(queued: readonly JobRecord[], now: string): Finding {
  const blocked = queued.filter((job) => blockedSecondsOf(job, now) !== null);
  const longest = Math.max(...blocked.map((job) => blockedSecondsOf(job, now) ?? 0));
  const found = 'AWS starts the tasks of queued jobs';
  if (blocked.length === 0) return createFinding('launches', found, null);
  const reasons = new Map(blocked.flatMap(({ reason }) => (reason ? [[reason.code, reason.message]] : [])));
  const causes = [...reasons].map(([code, message]) => {
    const remedy = isLaunchBlock(code) ? `; ${launchBlockRemedies[code]}` : '';
    return `${code}: ${message}${remedy}`;
  });
  return createFinding(
    'launches',
    found,
    `${blocked.length} waiting, the longest for ${formatDuration(longest)}: ${causes.join('; ')}`,
  );
}
