import type { UnitEnd } from '@fyrestream/cloud';
import { planKey } from '@fyrestream/events';
import type { ActiveClaim } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';
import type { MediaStages } from '../stages/media-stages.ts';

/** The first unit of a job: makes the plan and stores it under the claim's token. */
export async function runPlanUnit(
  work: JobContext,
  stages: MediaStages,
  claim: ActiveClaim,
): Promise<UnitEnd> {
  const { store, settings } = work;
  const stored = await stages.makePlan(work, claim);
  const address = { bucket: settings.outputBucket, key: planKey(claim) };
  await store.put(address, JSON.stringify(stored), workFileHeaders);
  const count = (wanted: 'audio' | 'video') => stored.plan.units.filter(({ kind }) => kind === wanted).length;
  return { videoUnits: count('video'), audioUnits: count('audio') };
}
