import { planKey } from '@fyrestream/events';
import { workDelivery } from '../delivery.ts';
import type { HeldClaim } from '../hold-claim.ts';
import type { JobContext } from '../job-context.ts';
import type { MediaStages } from '../stages/media-stages.ts';

/** The first unit of a job: makes the plan and stores it under the claim's token. */
export async function runPlanUnit(work: JobContext, stages: MediaStages, held: HeldClaim): Promise<void> {
  const { store, settings } = work;
  const stored = await stages.makePlan(work, held);
  const address = { bucket: settings.outputBucket, key: planKey(held.claim) };
  await store.put(address, JSON.stringify(stored), workDelivery);
}
