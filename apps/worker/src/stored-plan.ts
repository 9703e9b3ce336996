import { planKey, planUnitId, type UnitRecord } from '@fyrestream/events';
import { encodePlanSchema, sourceFactsSchema } from '@fyrestream/media';
import { z } from 'zod';
import type { JobContext } from './job-context.ts';
import { keptVersionSchema } from './kept-version.ts';

/** The plan as it is stored, with the source facts that it is based on: the same for all workers of the job. */
const storedPlanSchema = z.strictObject({
  facts: sourceFactsSchema,
  plan: encodePlanSchema,
  /** Of an edition whose plan keeps tracks. */
  kept: keptVersionSchema.optional(),
});
export type StoredPlan = z.infer<typeof storedPlanSchema>;

/** Whether a track is that of the published version. */
export function isKeptTrack({ plan }: Pick<StoredPlan, 'plan'>, trackId: string): boolean {
  return plan.kept?.trackIds.includes(trackId) === true;
}

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
