import {
  assemblyUnitId,
  type JobRecord,
  planUnitId,
  type UnitRecord,
  verifiedUnitId,
} from '@fyrestream/events';

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
    ...groupParts(done).map(({ name, claimedAt, updatedAt }) => ({
      name,
      seconds: secondsBetween(claimedAt, updatedAt),
    })),
  ];
  return steps.filter((step): step is StageDuration => step.seconds !== null);
}

type Step = Pick<UnitRecord, 'claimedAt' | 'updatedAt'> & { readonly name: string };

/** The parts of a divided video are encoded and verified side by side: they are one step, from the first claim to the last end. */
function groupParts(done: readonly UnitRecord[]): Step[] {
  const parts = done.filter(({ unitId }) => unitId !== planUnitId && unitId !== assemblyUnitId);
  const isDivided = parts.some(({ unitId }) => verifiedUnitId(unitId) !== null);
  const stepOf = (unit: UnitRecord): Step => ({ ...unit, name: unit.unitId });
  if (!isDivided) return done.map(stepOf);
  const videoParts = parts.filter(({ unitId }) => unitId.startsWith('video-'));
  const claims = parts.flatMap(({ claimedAt }) => claimedAt ?? []).toSorted();
  const step: Step = {
    name: `${videoParts.length} parts of the video`,
    claimedAt: claims[0],
    updatedAt: parts.at(-1)?.updatedAt ?? '',
  };
  return done.flatMap((unit) => {
    if (!parts.includes(unit)) return stepOf(unit);
    return unit === parts[0] ? step : [];
  });
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
