import {
  type EncodePlan,
  estimateCost,
  fargatePrices,
  plannedDurationSeconds,
  type SourceFacts,
} from '@fyrestream/media';
import { CostLimitError } from './cost-limit-error.ts';
import type { JobContext } from './job-context.ts';

/**
 * Estimates the cost again from the frames and the duration that the packets of the source show: the estimate of the
 * invoker is from what the file says about itself.
 * @throws CostLimitError if it is above the limit and nobody has accepted it
 */
export function requireCostLimit(
  { job, settings: { costLimitUsd } }: Pick<JobContext, 'job' | 'settings'>,
  { facts, plan }: { facts: SourceFacts; plan: EncodePlan },
): void {
  if (job.costAccepted) return;
  const stream = facts.video.find(({ index }) => index === plan.video?.streamIndex);
  const durationSeconds = plannedDurationSeconds(plan) ?? facts.durationSeconds;
  const source = { sizeBytes: job.upload.sizeBytes, durationSeconds, ...stream?.codedSize };
  const { dollars } = estimateCost(source, job.size, fargatePrices.x86_64);
  if (dollars > costLimitUsd)
    throw new CostLimitError(dollars, costLimitUsd, `it plays ${Math.round(durationSeconds ?? 0)} s.`);
}
