import { planUnitId, type UnitRecord, unitPrefix } from '@fyrestream/events';
import { encodePlanSchema, sourceFactsSchema } from '@fyrestream/media';
import { z } from 'zod';
import { workDelivery } from '../delivery.ts';
import type { HeldClaim } from '../hold-claim.ts';
import type { WorkOnJob } from '../worker.ts';
import { planSource } from './plan-source.ts';

/** The plan as it is stored: frozen with the facts that it rests on, the same for all workers of the job. */
const storedPlanSchema = z.strictObject({ facts: sourceFactsSchema, plan: encodePlanSchema });
export type StoredPlan = z.infer<typeof storedPlanSchema>;

const fileName = 'plan.json';

/** The first unit: the plan, stored under its claim. */
export async function planJob(work: WorkOnJob, held: HeldClaim): Promise<void> {
  const { stages, store, settings } = work;
  const { jobId, unitId, token } = held.claim;
  const stored = await stages.makePlan(work, held);
  await store.put(
    { bucket: settings.outputBucket, key: unitPrefix(jobId, unitId, token) + fileName },
    JSON.stringify(stored),
    workDelivery,
  );
}

/** Looks at the source with ffprobe and ffmpeg and decides what is made of it. */
export async function makePlan(work: WorkOnJob, { signal }: HeldClaim): Promise<StoredPlan> {
  const { source, settings, log, ffmpeg } = work;
  const path = await source.fetch(signal);
  const stored = await planSource(ffmpeg, path, settings.ladder, signal);
  log.info({ plan: stored.plan }, 'job-planned');
  return stored;
}

/** The plan that won, or null where there is none yet. */
export async function readPlan(
  { store, settings, job }: WorkOnJob,
  units: UnitRecord[],
): Promise<StoredPlan | null> {
  const unit = units.find((candidate) => candidate.unitId === planUnitId);
  if (unit?.state !== 'done') return null;
  const key = unitPrefix(job.jobId, unit.unitId, unit.token) + fileName;
  const text = await store.readText({ bucket: settings.outputBucket, key });
  return storedPlanSchema.parse(JSON.parse(text));
}
