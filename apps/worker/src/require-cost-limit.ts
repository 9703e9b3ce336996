import { type EncodePlan, estimatePlan, planToEncode, type SourceFacts } from '@fyrestream/media';
import { CostLimitError } from './cost-limit-error.ts';
import type { JobContext } from './job-context.ts';

/**
 * Estimates the cost again from the plan: its renditions, and the frames and the duration that the packets of the source
 * show. The estimate of the invoker is from what the file says about itself.
 * @throws CostLimitError if it is above the limit and nobody has accepted it
 */
export function requireCostLimit(
  { job, settings }: Pick<JobContext, 'job' | 'settings'>,
  { facts, plan }: { facts: SourceFacts; plan: EncodePlan },
): void {
  if (job.costAccepted) return;
  const { sizeBytes } = job.upload;
  const { costLimitUsd } = settings;
  const source = { sizeBytes, durationSeconds: facts.durationSeconds };
  const { work, cost } = estimatePlan(planToEncode(plan), source, job.size, settings);
  const { dollars } = cost;
  if (dollars > costLimitUsd) {
    const renditions = work.renditions.length === 1 ? '1 rendition' : `${work.renditions.length} renditions`;
    const detail = `it plays ${Math.round(work.durationSeconds)} s and has ${renditions}.`;
    throw new CostLimitError(dollars, costLimitUsd, detail);
  }
}
