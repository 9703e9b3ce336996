import { unitContentsKey } from '@fyrestream/events';
import type { EncodePlan } from '@fyrestream/media';
import { workDelivery } from '../delivery.ts';
import type { HeldClaim } from '../hold-claim.ts';
import type { JobContext } from '../job-context.ts';
import type { MediaStages } from '../stages/media-stages.ts';

/** One audio or video unit: stores its segments, then the list of them. The unit counts only when its claim is finished. */
export async function runEncodeUnit(
  work: JobContext,
  stages: MediaStages,
  plan: EncodePlan,
  held: HeldClaim,
): Promise<void> {
  const { store, settings } = work;
  const stored = await stages.encodeTracks(work, plan, held);
  const address = { bucket: settings.outputBucket, key: unitContentsKey(held.claim) };
  await store.put(address, JSON.stringify(stored), workDelivery);
}
