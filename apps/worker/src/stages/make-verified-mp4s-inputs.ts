import type { Check } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { ReferenceCaptures } from '../reference-capture/read-reference-captures.ts';
import type { StoredPlan } from '../stored-plan.ts';
import type { VersionFiles } from '../version-files.ts';
import type { GatheredTracks } from './gather-tracks.ts';

/** What the stages use that verify the tracks of a version, with MP4s or without. */
export interface MakeVerifiedMp4sInputs {
  readonly stored: StoredPlan;
  readonly tracks: GatheredTracks;
  /** Null where the units were verified: files are then compared with their segments only. */
  readonly capture: ReferenceCaptures | null;
  readonly files: VersionFiles;
  readonly claim: ActiveClaim;
  /** Collects checks for the certificate. @throws VerificationFailure if one of them failed */
  requireChecks(checks: Check[]): void;
}
