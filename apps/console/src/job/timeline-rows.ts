import type { JobDetail } from '../api/views.ts';
import { joinPartRows } from './join-part-rows.ts';
import type { TimelineRow } from './timeline-row.ts';
import { unitName } from './unit-name.ts';

/**
 * What happened to a job, in the order of its beginnings: admission, start, and each unit from its claim to its end; many parts of
 * the video are one row.
 * @param now milliseconds since 1970, the end of what is not over
 */
export function timelineRows(job: JobDetail, now: number): TimelineRow[] {
  const start = Date.parse(job.uploadedAt);
  const secondsOf = (at: string | number) => Math.max(0, (Number(new Date(at)) - start) / 1_000);
  const row = (name: string, from: string | number, to: string | number, state: TimelineRow['state']) => ({
    ...{ name, fromSeconds: secondsOf(from), toSeconds: Math.max(secondsOf(from), secondsOf(to)) },
    ...{ fraction: null, state },
  });
  const claimed = job.units
    .flatMap((unit) => (unit.claimedAt === null ? [] : { ...unit, claimedAt: unit.claimedAt }))
    .toSorted((a, b) => a.claimedAt.localeCompare(b.claimedAt));
  const isOver = job.finishedAt !== null;
  const begun = job.startedAt ?? claimed[0]?.claimedAt ?? job.finishedAt ?? now;
  const units = claimed.map(({ unitId, state, fraction, claimedAt, updatedAt }) => {
    const isDone = state === 'done' || isOver;
    const end = (state === 'done' ? updatedAt : job.finishedAt) ?? now;
    const ofUnit = { ...row(unitName(unitId), claimedAt, end, isDone ? 'done' : 'running'), fraction };
    return { unitId, row: ofUnit };
  });
  return [
    row('Admit', job.uploadedAt, job.createdAt, 'waited'),
    row(
      job.status === 'held' ? 'Held, until it is released' : 'Wait, and start of a task',
      job.createdAt,
      begun,
      job.startedAt === null && !isOver ? 'running' : 'waited',
    ),
    ...joinPartRows(units, job.videoUnits.total),
  ];
}
