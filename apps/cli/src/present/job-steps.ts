import { assemblyUnitId, type JobRecord, planUnitId, type UnitRecord } from '@fyrestream/events';
import { secondsBetween } from './seconds-between.ts';

export interface StepTime {
  readonly name: string;
  readonly seconds: number;
}

/**
 * How long each step of a job took, as far as it is done, in the order in which they ended. The ledger knows when a unit
 * was finished; it was begun when its worker had finished the one before, and not before what it needs was there.
 */
export function jobSteps(job: JobRecord, units: readonly UnitRecord[]): StepTime[] {
  const done = units
    .map((unit) =>
      isPublishing(unit, job) ? { ...unit, state: 'done' as const, updatedAt: job.updatedAt } : unit,
    )
    .filter(({ state }) => state === 'done')
    .toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  const steps = [
    { name: 'admission', seconds: secondsBetween(job.upload.uploadedAt, job.createdAt) },
    { name: 'start of the worker', seconds: secondsBetween(job.createdAt, job.startedAt) },
    ...done.map((unit) => ({
      name: unit.unitId,
      seconds: secondsBetween(beginOf(unit, done, job.startedAt), unit.updatedAt),
    })),
  ];
  return steps.filter((step): step is StepTime => step.seconds !== null);
}

/** The job has succeeded a moment before the unit that published it is marked done. */
function isPublishing({ unitId, state }: UnitRecord, { status }: JobRecord): boolean {
  return unitId === assemblyUnitId && state === 'claimed' && status === 'succeeded';
}

function beginOf(unit: UnitRecord, done: readonly UnitRecord[], startedAt: string | null): string | null {
  const before = done.slice(0, done.indexOf(unit));
  const needed = before.filter(
    ({ unitId, owner }) => owner === unit.owner || unitId === planUnitId || unit.unitId === assemblyUnitId,
  );
  return needed.at(-1)?.updatedAt ?? startedAt;
}
