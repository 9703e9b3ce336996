import { planKey, planUnitId, type UnitRecord } from '@fyrestream/events';
import { encodePlanSchema, sourceFactsSchema } from '@fyrestream/media';
import { z } from 'zod';
import type { JobContext } from './job-context.ts';

/** The plan as it is stored, with the source facts that it is based on: the same for all workers of the job. */
const storedPlanSchema = z.strictObject({ facts: sourceFactsSchema, plan: encodePlanSchema });
export type StoredPlan = z.infer<typeof storedPlanSchema>;

/** @returns the plan that the finished plan unit stored; null where that unit is not done */
export async function readStoredPlan(
  { store, settings, job }: JobContext,
  units: UnitRecord[],
): Promise<StoredPlan | null> {
  const unit = units.find((candidate) => candidate.unitId === planUnitId);
  if (unit?.state !== 'done') return null;
  const key = planKey({ ...unit, jobId: job.jobId });
  const text = await store.readText({ bucket: settings.outputBucket, key });
  return storedPlanSchema.parse(JSON.parse(text));
}
