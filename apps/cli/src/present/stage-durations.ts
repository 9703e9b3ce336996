import { assemblyUnitId, type JobRecord, planUnitId, type UnitRecord } from '@fyrestream/events';

export interface StageDuration {
  readonly name: string;
  readonly seconds: number;
}

/**
 * How long each finished step of a job took, in the order of their ends. The ledger stores only the end of a unit. A unit
 * starts when its worker has finished its previous unit, and not before the units that it needs are done.
 */
export function stageDurations(job: JobRecord, units: readonly UnitRecord[]): StageDuration[] {
  const done = units
    .map((unit) =>
      isFinishedAssembly(unit, job) ? { ...unit, state: 'done' as const, updatedAt: job.updatedAt } : unit,
    )
    .filter(({ state }) => state === 'done')
    .toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  const steps = [
    { name: 'admission', seconds: secondsBetween(job.upload.uploadedAt, job.createdAt) },
    { name: 'start of the worker', seconds: secondsBetween(job.createdAt, job.startedAt) },
    ...done.map((unit) => ({
      name: unit.unitId,
      seconds: secondsBetween(startOf(unit, done, job.startedAt), unit.updatedAt),
    })),
  ];
  return steps.filter((step): step is StageDuration => step.seconds !== null);
}

/** A job succeeds shortly before its assembly, which publishes it, is marked done. */
function isFinishedAssembly({ unitId, state }: UnitRecord, { status }: JobRecord): boolean {
  return unitId === assemblyUnitId && state === 'claimed' && status === 'succeeded';
}

function startOf(unit: UnitRecord, done: readonly UnitRecord[], startedAt: string | null): string | null {
  const before = done.slice(0, done.indexOf(unit));
  const needed = before.filter(
    ({ unitId, owner }) => owner === unit.owner || unitId === planUnitId || unit.unitId === assemblyUnitId,
  );
  return needed.at(-1)?.updatedAt ?? startedAt;
}

/** Seconds between two times of records (ISO 8601), at least 0, because two clocks may have written them. Null where one is missing. */
export function secondsBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}
