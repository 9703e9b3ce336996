import { publishOwedEvents } from '@fyrestream/cloud';
import { isTerminal, type JobOutputs, jobOutputsKey, jobOutputsSchema } from '@fyrestream/events';
import { type ActiveClaim, obsoleteWorkError } from '../claim-heartbeat.ts';
import type { JobContext } from '../job-context.ts';
import { workFileHeaders } from '../object-headers.ts';
import { publishVersion } from '../publication/publish-version.ts';
import { gatherTracks } from '../stages/gather-tracks.ts';
import type { MediaStages } from '../stages/media-stages.ts';
import type { StoredPlan } from '../stored-plan.ts';

/**
 * The last unit of a job: builds and verifies a version under this claim's token, then publishes it. The job record chooses
 * one token for publication, once; a later claim completes the publication of that token.
 */
export async function runAssemblyUnit(
  work: JobContext,
  stages: MediaStages,
  stored: StoredPlan,
  claim: ActiveClaim,
): Promise<void> {
  const { ledger, events, store, settings } = work;
  const { jobId, unitId, token } = claim;
  const tracks = await gatherTracks(work, stored);
  const addressOf = (chosenToken: number) => ({
    bucket: settings.outputBucket,
    key: jobOutputsKey({ jobId, unitId, token: chosenToken }),
  });

  let chosen = (await ledger.readJob(jobId))?.publication ?? null;
  if (chosen === null) {
    const outputs = await stages.buildVersion(work, stored, tracks, claim);
    await store.put(addressOf(token), JSON.stringify(outputs), workFileHeaders);
    claim.signal.throwIfAborted();
    // Another worker with a later claim builds a version of its own; the job record then chooses one of them, once.
    if (!(await ledger.renewClaim(claim, claim.meter.read()))) {
      throw obsoleteWorkError('claim-lost', 'another worker assembles the job now');
    }
    const { job } = await ledger.advance(jobId, { kind: 'publication-chosen', token });
    chosen = job.publication;
  }
  if (chosen === null) throw obsoleteWorkError('job-over', 'the job no longer runs');

  const outputs: JobOutputs = jobOutputsSchema.parse(
    JSON.parse(await store.readText(addressOf(chosen.token))),
  );
  const result = await publishVersion(work, tracks.presentation, outputs, chosen.token);
  const { job } = await ledger.advance(
    jobId,
    result.outcome === 'published'
      ? { kind: 'published', token: chosen.token, outputs }
      : { kind: 'overtaken', token: chosen.token, reason: result.reason },
  );
  await publishOwedEvents(ledger, events, job);
  // The unit is done only when the job is over.
  if (!isTerminal(job)) throw obsoleteWorkError('job-over', `the job is ${job.status}`);
}
