import {
  defaultProfileName,
  type Making,
  profileOf,
  type StackProfiles,
  type TaskSize,
} from '@fyrestream/events';
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

/** What of a choice decides how much work a job is. */
export type EstimatedMaking = Pick<Making, 'profile' | 'options'>;

/** Estimates a job before its source is planned, by a profile of the stack and the options of the upload. */
export type JobEstimator = (source: SourceEstimate, making?: EstimatedMaking) => JobEstimate;

const defaultMaking: EstimatedMaking = { profile: defaultProfileName, options: {} };

export function createJobEstimator(
  profiles: StackProfiles['profiles'],
  platform: TaskPlatform,
): JobEstimator {
  const prices = fargatePrices(platform);
  return (source, { profile, options } = defaultMaking) => {
    const work = workOfSource({ ...source, trim: options.trim }, profileOf(profile, profiles).ladder);
    const size = sizeTask(work);
    return { size, costEstimateUsd: estimateCost(work, size, prices).dollars };
  };
}
