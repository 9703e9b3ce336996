import {
  defaultProfileName,
  FyrestreamError,
  type Making,
  profileOf,
  unpublishableKeyReason,
} from '@fyrestream/events';
import {
  addAudioFiles,
  addCaptionTracks,
  addWatermark,
  applyUploadOptions,
  type EncodePlan,
} from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { findPidMoves } from '../moved-streams.ts';
import { repairKeyFrames } from '../repair-key-frames.ts';
import { requireCostLimit } from '../require-cost-limit.ts';
import type { StoredPlan } from '../stored-plan.ts';
import { findAudioFiles } from './find-audio-files.ts';
import { findCaptions } from './find-captions.ts';
import { findWatermark } from './find-watermark.ts';
import { keepPublished } from './keep-published.ts';
import { listBeside } from './list-beside.ts';
import { planSource } from './plan-source.ts';

/**
 * Downloads the source, finds captions and further audio beside it and plans its encodes, by the profile and with the options
 * that were chosen at admission.
 * @throws FyrestreamError if nothing can be published for the key; `profile-unknown` if the stack no longer has the profile,
 *   `options-invalid` if the options do not fit the source,
 *   `watermark-unusable`
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
  const planSettings = { ...settings, ladder, trim: options.trim };
  const planned = await planSource(ffmpeg, path, planSettings, signal, pidMoves);
  const listed = await listBeside(work);
  const captions = await findCaptions(work, listed, planned.plan, signal);
  const audio = await findAudioFiles(work, listed, planned.plan, planSettings, signal);
  const optioned = applyUploadOptions(planned.plan, options);
  const marked = await drawWatermark(work, optioned, { profile, options }, signal);
  const beside = addAudioFiles(addCaptionTracks(marked, captions), audio);
  const stored = { facts: planned.facts, ...(await keepPublished(work, beside, signal)) };
  log.info({ plan: stored.plan }, 'job-planned');
  requireCostLimit(work, stored);
  return stored;
}

/** The plan with the watermark of its profile, unless the upload leaves it out or has no video. */
async function drawWatermark(
  work: JobContext,
  plan: EncodePlan,
  { profile, options }: Pick<Making, 'profile' | 'options'>,
  signal: AbortSignal,
): Promise<EncodePlan> {
  const { watermark } = profileOf(profile, work.settings.profiles).ladder;
  if (watermark === 'off') {
    if (options.watermark !== true) return plan;
    throw new FyrestreamError({
      code: 'options-invalid',
      message: `The options of the upload do not fit it: options.watermark is true, but the profile ${profile} has no watermark.`,
      retryable: false,
    });
  }
  if (options.watermark === false || plan.video === null) return plan;
  return addWatermark(plan, await findWatermark(work, { profile, watermark }, signal), watermark);
}
