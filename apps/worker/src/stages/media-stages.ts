import type { JobOutputs, UnitClaim } from '@fyrestream/events';
import type { Check, EncodePlan } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import type { StoredPlan } from '../stored-plan.ts';
import type { UnitContents } from '../unit-contents.ts';
import type { GatheredTracks } from './gather-tracks.ts';

export interface EncodedUnit {
  readonly contents: UnitContents;
  /** Why a part of the video is not exact; null for all other units. */
  readonly inexactBecause: string | null;
}

/** The stages that run ffmpeg, one for each kind of unit. Claims, results and publication are not their concern. */
export interface MediaStages {
  /** Unit `plan`: looks at the source and plans its encodes. */
  makePlan(work: JobContext, claim: ActiveClaim): Promise<StoredPlan>;
  /** Units of audio and video: encodes the tracks of one unit and stores their segments. */
  encodeTracks(work: JobContext, plan: EncodePlan, claim: ActiveClaim): Promise<EncodedUnit>;
  /** Verifies what a unit of audio or video stored. @returns the checks, which all passed */
  verifyUnit(work: JobContext, plan: EncodePlan, encode: UnitClaim, claim: ActiveClaim): Promise<Check[]>;
  /** Unit `assembly`: stores and verifies all files of a version. */
  buildVersion(
    work: JobContext,
    stored: StoredPlan,
    tracks: GatheredTracks,
    claim: ActiveClaim,
  ): Promise<JobOutputs>;
}
