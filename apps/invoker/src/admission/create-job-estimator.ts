import {
  defaultProfileName,
  type Making,
  profileOf,
  type StackProfiles,
  type TaskSize,
  type UploadOptions,
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
    const work = workOfSource(trimmed(source, options), profileOf(profile, profiles).ladder);
    const size = sizeTask(work);
    return { size, costEstimateUsd: estimateCost(work, size, prices).dollars };
  };
}

/** Only what is published is decoded and encoded; all bytes of the source may be fetched. */
function trimmed(source: SourceEstimate, { trim }: UploadOptions): SourceEstimate {
  if (trim === undefined) return source;
  const { from = 0, to } = trim;
  const endSeconds = Math.min(source.durationSeconds ?? Infinity, to ?? Infinity);
  // Where the end is not known, the number of bytes has to do.
  return Number.isFinite(endSeconds)
    ? { ...source, durationSeconds: Math.max(0, endSeconds - from) }
    : source;
}
