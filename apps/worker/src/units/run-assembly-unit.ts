import { publishOwedEvents } from '@fyrestream/cloud';
import { isTerminal, type JobOutputs, jobOutputsKey, jobOutputsSchema } from '@fyrestream/events';
import { workDelivery } from '../delivery.ts';
import { type HeldClaim, obsoleteWorkError } from '../hold-claim.ts';
import type { JobContext } from '../job-context.ts';
import { publishVersion } from '../publication/publish-version.ts';
import { gatherTracks } from '../stages/gather-tracks.ts';
import type { MediaStages } from '../stages/media-stages.ts';
import type { StoredPlan } from '../stored-plan.ts';

/**
 * The last unit: names what was encoded, makes a version of it under this claim's token, verifies it, publishes it.
 * From the moment that a token is chosen for publication no other can be: whoever comes later completes that one.
 */
export async function runAssemblyUnit(
  work: JobContext,
  stages: MediaStages,
  stored: StoredPlan,
  held: HeldClaim,
): Promise<void> {
  const { ledger, events, store, settings } = work;
  const { jobId, unitId, token } = held.claim;
  const tracks = await gatherTracks(work, stored.plan);
  const addressOf = (winner: number) => ({
    bucket: settings.outputBucket,
    key: jobOutputsKey({ jobId, unitId, token: winner }),
  });

  let chosen = (await ledger.readJob(jobId))?.publication ?? null;
  if (chosen === null) {
    const outputs = await stages.buildVersion(work, stored, tracks, held);
    await store.put(addressOf(token), JSON.stringify(outputs), workDelivery);
    held.signal.throwIfAborted();
    // Whoever took the claim over makes a version of its own; the job's record then decides for one, once.
    if (!(await ledger.renewClaim(held.claim, 1))) {
      throw obsoleteWorkError('claim-lost', 'somebody else assembles the job now');
    }
    const { job } = await ledger.advance(jobId, { kind: 'publication-chosen', token });
    chosen = job.publication;
  }
  if (chosen === null) throw obsoleteWorkError('job-over', 'the job runs no more');

  const outputs: JobOutputs = jobOutputsSchema.parse(
    JSON.parse(await store.readText(addressOf(chosen.token))),
  );
  const verdict = await publishVersion(work, tracks.presentation, outputs, chosen.token);
  const { job } = await ledger.advance(
    jobId,
    verdict.outcome === 'published'
      ? { kind: 'published', token: chosen.token, outputs }
      : { kind: 'overtaken', token: chosen.token, reason: verdict.reason },
  );
  await publishOwedEvents(ledger, events, job);
  // The assembly is done when the job is over, not before.
  if (!isTerminal(job)) throw obsoleteWorkError('job-over', `the job is ${job.status}`);
}
