import { defaultProfileName, profileOf, type StackProfiles, type TaskSize } from '@fyrestream/events';
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

/** Estimates a job before its source is planned, by a profile of the stack. */
export type JobEstimator = (source: SourceEstimate, profile?: string) => JobEstimate;

export function createJobEstimator(
  profiles: StackProfiles['profiles'],
  platform: TaskPlatform,
): JobEstimator {
  const prices = fargatePrices(platform);
  return (source, profile = defaultProfileName) => {
    const work = workOfSource(source, profileOf(profile, profiles).ladder);
    const size = sizeTask(work);
    return { size, costEstimateUsd: estimateCost(work, size, prices).dollars };
  };
}
