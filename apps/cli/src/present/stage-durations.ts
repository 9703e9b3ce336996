import { assemblyUnitId, type JobRecord, planUnitId, type UnitRecord } from '@fyrestream/events';

export interface StageDuration {
  readonly name: string;
  readonly seconds: number;
}

/**
 * How long the admission, the start of the worker and each finished unit of a job took, in the order of their ends. The time
 * between them, in which the job waited or the cloud was down, belongs to none; nor does what an attempt did that was
 * interrupted. Units that a worker of an earlier release claimed are left out: their records have no start.
 */
export function stageDurations(job: JobRecord, units: readonly UnitRecord[]): StageDuration[] {
  const done = units
    .map((unit) =>
      isFinishedAssembly(unit, job) ? { ...unit, state: 'done' as const, updatedAt: job.updatedAt } : unit,
    )
    .filter(({ state }) => state === 'done')
    .toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  const plan = done.find(({ unitId }) => unitId === planUnitId);
  const steps = [
    { name: 'admission', seconds: secondsBetween(job.upload.uploadedAt, job.createdAt) },
    { name: 'start of the worker', seconds: secondsBetween(plan?.launchedAt, plan?.claimedAt) },
    ...done.map((unit) => ({ name: unit.unitId, seconds: secondsBetween(unit.claimedAt, unit.updatedAt) })),
  ];
  return steps.filter((step): step is StageDuration => step.seconds !== null);
}

/** A job succeeds shortly before its assembly, which publishes it, is marked done. */
function isFinishedAssembly({ unitId, state }: UnitRecord, { status }: JobRecord): boolean {
  return unitId === assemblyUnitId && state === 'claimed' && status === 'succeeded';
}

/** Seconds between two times of records (ISO 8601), at least 0, because two clocks may have written them. Null where one is missing. */
export function secondsBetween(
  from: string | null | undefined,
  to: string | null | undefined,
): number | null {
  if (from == null || to == null) return null;
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1_000);
}
