import type { Reason, Upload } from '@fyrestream/events';

/** What a remake of one published video would do. */
export interface RemakeProposal {
  /** Of the upload. */
  readonly key: string;
  /** The job that published it. */
  readonly jobId: string;
  readonly profile: string;
  /** Ids of renditions that stay as they are: their files are copied. */
  readonly kept: readonly string[];
  readonly encoded: readonly string[];
  /** Null without audio. */
  readonly keepsAudio: boolean | null;
  /** Of one attempt on demand, as estimates of jobs are; 0 where it is not made. */
  readonly costEstimateUsd: number;
  /** The edition to admit; null where it is not made. */
  readonly upload: Upload | null;
  /** Why it is not made; null where it would be. */
  readonly reason: Reason | null;
}
