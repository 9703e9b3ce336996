import { planUnitId, type UnitRecord } from '@fyrestream/events';
import { obsoleteWorkError } from './claim-heartbeat.ts';
import type { JobContext } from './job-context.ts';
import { readStoredPlan, type StoredPlan } from './stored-plan.ts';

/** The plan that the units of a job follow, and the token of the claim that stored it. */
export interface CurrentPlan {
  readonly stored: StoredPlan;
  readonly token: number;
}

/** @returns null where the plan is not made yet */
export async function readCurrentPlan(work: JobContext, units: UnitRecord[]): Promise<CurrentPlan | null> {
  const stored = await readStoredPlan(work, units);
  const token = planTokenOf(units);
  return stored === null || token === undefined ? null : { stored, token };
}

/**
 * A retry plans again, and the units of both plans have the same names: a worker that was paused meanwhile must not encode
 * one by the old plan.
 * @throws FyrestreamError that is an obsolete work error
 */
export function requireCurrentPlan({ token }: CurrentPlan, units: readonly UnitRecord[]): void {
  const current = planTokenOf(units);
  if (current !== token) throw obsoleteWorkError('job-over', `plan ${token} was replaced by ${current}`);
}

function planTokenOf(units: readonly UnitRecord[]): number | undefined {
  return units.find(({ unitId }) => unitId === planUnitId)?.token;
}
