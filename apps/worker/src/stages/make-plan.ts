import { FyrestreamError, unpublishableKeyReason } from '@fyrestream/events';
import { addCaptionTracks } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { findPidMoves } from '../moved-streams.ts';
import { repairKeyFrames } from '../repair-key-frames.ts';
import { requireCostLimit } from '../require-cost-limit.ts';
import type { StoredPlan } from '../stored-plan.ts';
import { findCaptions } from './find-captions.ts';
import { planSource } from './plan-source.ts';

/**
 * Downloads the source, finds the captions beside it and plans its encodes.
 * @throws FyrestreamError if nothing can be published for the key: an operator can retry a job that the invoker refused
 * @throws CostLimitError
 */
export async function makePlan(work: JobContext, { signal }: ActiveClaim): Promise<StoredPlan> {
  const { job, source, settings, log, ffmpeg } = work;
  const refusal = unpublishableKeyReason(job.upload.key);
  if (refusal !== null) throw new FyrestreamError(refusal);
  const pidMoves = await findPidMoves(await source.fetch(signal), signal);
  const path = await source.fetch(signal, pidMoves);
  await repairKeyFrames(path);
  const planned = await planSource(ffmpeg, path, settings, signal, pidMoves);
  const captions = await findCaptions(work, planned.plan.durationSeconds, signal);
  const stored = { ...planned, plan: addCaptionTracks(planned.plan, captions) };
  log.info({ plan: stored.plan }, 'job-planned');
  requireCostLimit(work, stored);
  return stored;
}
