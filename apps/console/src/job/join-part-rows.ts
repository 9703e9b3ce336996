import type { TimelineRow } from './timeline-row.ts';

export interface UnitRow {
  readonly unitId: string;
  readonly row: TimelineRow;
}

/** More parts of a video than this share a row. */
const maxPartRows = 6;

const joinedNames: Readonly<Record<string, string>> = { video: 'Encode', 'verification-video': 'Verify' };

/**
 * The rows of units; the parts of a long video share one row for their encoding and one for their verification.
 * @param partCount of the video; null before it is planned
 */
export function joinPartRows(units: readonly UnitRow[], partCount: number | null): TimelineRow[] {
  if (partCount === null || partCount <= maxPartRows) return units.map(({ row }) => row);
  const groups = Map.groupBy(units, ({ unitId }) => unitId.replace(/-\d+$/, ''));
  return [...groups].flatMap(([kind, group]) => {
    const rows = group.map(({ row }) => row);
    const verb = joinedNames[kind];
    return verb === undefined ? rows : [joinRows(verb, rows, partCount)];
  });
}

function joinRows(verb: string, rows: readonly TimelineRow[], partCount: number): TimelineRow {
  return {
    name: `${verb} ${partCount} parts of the video`,
    fromSeconds: Math.min(...rows.map(({ fromSeconds }) => fromSeconds)),
    toSeconds: Math.max(...rows.map(({ toSeconds }) => toSeconds)),
    fraction: rows.reduce((sum, { fraction }) => sum + (fraction ?? 0), 0) / partCount,
    state: rows.some(({ state }) => state === 'running') ? 'running' : 'done',
    parts: rows,
  };
}
