import type { LadderConfig, TaskSize } from '@fyrestream/events';
import {
  estimateCost,
  fargatePrices,
  type SourceEstimate,
  sizeTask,
  type TaskPlatform,
  workOfSource,
} from '@fyrestream/media';

export interface JobEstimate {
  readonly size: TaskSize;
  readonly costEstimateUsd: number;
}

/** Estimates a job before its source is planned, by the ladder of the stack. */
export type JobEstimator = (source: SourceEstimate) => JobEstimate;

export function createJobEstimator(ladder: LadderConfig, platform: TaskPlatform): JobEstimator {
  const prices = fargatePrices(platform);
  return (source) => {
    const work = workOfSource(source, ladder);
    const size = sizeTask(work);
    return { size, costEstimateUsd: estimateCost(work, size, prices).dollars };
  };
}
