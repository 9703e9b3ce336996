import { defaultProfileName, FyrestreamError, profileOf, unpublishableKeyReason } from '@fyrestream/events';
import { applyUploadOptions } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { findPidMoves } from '../moved-streams.ts';
import { repairKeyFrames } from '../repair-key-frames.ts';
import { requireCostLimit } from '../require-cost-limit.ts';
import type { StoredPlan } from '../stored-plan.ts';
import { planSource } from './plan-source.ts';

/**
 * Downloads the source and plans its encodes, by the profile and with the options that were chosen at admission.
 * @throws FyrestreamError if nothing can be published for the key; `profile-unknown` if the stack no longer has the profile,
 *   `options-invalid` if the options do not fit the source
 * @throws CostLimitError
 */
export async function makePlan(work: JobContext, { signal }: ActiveClaim): Promise<StoredPlan> {
  const { job, source, settings, log, ffmpeg } = work;
  const refusal = unpublishableKeyReason(job.upload.key);
  if (refusal !== null) throw new FyrestreamError(refusal);
  const { profile, options } = job.making ?? { profile: defaultProfileName, options: {} };
  const { ladder } = profileOf(profile, settings.profiles);
  const pidMoves = await findPidMoves(await source.fetch(signal), signal);
  const path = await source.fetch(signal, pidMoves);
  await repairKeyFrames(path);
  const planned = await planSource(ffmpeg, path, { ...settings, ladder }, signal, pidMoves);
  const stored = { ...planned, plan: applyUploadOptions(planned.plan, options) };
  log.info({ plan: stored.plan }, 'job-planned');
  requireCostLimit(work, stored);
  return stored;
}
