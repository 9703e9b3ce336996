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
): Promise<void> {
  const { store, settings } = work;
  const stored = await stages.encodeTracks(work, plan, claim);
  const address = { bucket: settings.outputBucket, key: unitContentsKey(claim) };
  await store.put(address, JSON.stringify(stored), workFileHeaders);
}
