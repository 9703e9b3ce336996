import type { UnitEnd } from '@fyrestream/cloud';
import { unitContentsKey } from '@fyrestream/events';
import type { EncodePlan } from '@fyrestream/media';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';
import type { MediaStages } from '../stages/media-stages.ts';

/** One audio or video unit: stores its segments, then the list of them. The unit counts only when its claim is finished. */
export async function runEncodeUnit(
  work: JobContext,
  stages: MediaStages,
  plan: EncodePlan,
  claim: ActiveClaim,
): Promise<UnitEnd> {
  const { store, settings, log } = work;
  const { contents, inexactBecause } = await stages.encodeTracks(work, plan, claim);
  if (inexactBecause !== null) {
    log.warn({ unitId: claim.unitId, because: inexactBecause }, 'unit-inexact');
    return { isInexact: true };
  }
  const address = { bucket: settings.outputBucket, key: unitContentsKey(claim) };
  await store.put(address, JSON.stringify(contents), workFileHeaders);
  return {};
}
