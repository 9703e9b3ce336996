import type { JobDetail } from '../api/views.ts';
import { unitName } from './unit-name.ts';

export interface TimelineRow {
  readonly name: string;
  /** Seconds since the upload. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** How much of a unit is done; null of what has no measure. */
  readonly fraction: number | null;
  readonly state: 'waited' | 'done' | 'running';
}

/**
 * What happened to a job, in the order of its beginnings: admission, start, and each unit from its claim to its end.
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
  return [
    row('Admit', job.uploadedAt, job.createdAt, 'waited'),
    row(
      'Wait, and start of a task',
      job.createdAt,
      begun,
      job.startedAt === null && !isOver ? 'running' : 'waited',
    ),
    ...claimed.map(({ unitId, state, fraction, claimedAt, updatedAt }) => {
      const isDone = state === 'done' || isOver;
      const end = (state === 'done' ? updatedAt : job.finishedAt) ?? now;
      return { ...row(unitName(unitId), claimedAt, end, isDone ? 'done' : 'running'), fraction };
    }),
  ];
}
