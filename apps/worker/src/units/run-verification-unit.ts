import { FyrestreamError, verificationKey, verifiedUnitId } from '@fyrestream/events';
import type { EncodePlan } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';
import type { MediaStages } from '../stages/media-stages.ts';
import type { UnitVerification } from '../unit-verification.ts';

/** Verifies what one unit of audio or video made, and stores what was checked. */
export async function runVerificationUnit(
  work: JobContext,
  stages: MediaStages,
  plan: EncodePlan,
  claim: ActiveClaim,
): Promise<void> {
  const { ledger, store, settings } = work;
  const unitId = verifiedUnitId(claim.unitId);
  const encode = unitId === null ? null : await ledger.readUnit(claim.jobId, unitId);
  if (encode?.state !== 'done') {
    const message = `Unit ${unitId} is not done.`;
    throw new FyrestreamError({ code: 'unit-not-done', message, retryable: true });
  }
  const checks = await stages.verifyUnit(work, plan, encode, claim);
  const verification: UnitVerification = { encodeToken: encode.token, checks };
  const address = { bucket: settings.outputBucket, key: verificationKey(claim) };
  await store.put(address, JSON.stringify(verification), workFileHeaders);
}
