import { additionalLaunches, type JobRecord } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { planAdditionalLaunch } from '../launch/plan-launch.ts';
import { grantAdditionalPlace } from '../line/grant-place.ts';
import { recoverAdditionalArns, sendAdditionalLaunch } from './send-additional-launch.ts';

/** Additional workers leave a place for the leading worker of the next upload: a film can need them for hours. */
const placesForUploads = 1;

/** Whether the plan of a running job wants more workers than were launched. */
export function wantsWorkers(job: JobRecord): boolean {
  const wanted = job.additional?.wanted ?? 0;
  return job.status === 'running' && job.publication === null && additionalLaunches(job).length < wanted;
}

/**
 * Launches the additional workers that a running job wants, as far as there are places that no queued job needs and one more
 * stays free. Without a place or capacity the job goes on with fewer: the next message about it, a task that stops, or a sweep
 * tries again.
 */
export async function launchAdditional(
  dependencies: InvokerDependencies,
  recorded: JobRecord,
): Promise<void> {
  const { ledger, clock, settings } = dependencies;
  let job = await recoverAdditionalArns(dependencies, recorded);
  if (!wantsWorkers(job)) return;
  while (wantsWorkers(job)) {
    const launch = planAdditionalLaunch(job, settings.launchTarget, clock());
    const isSpare = (freePlaces: number) => isPlaceSpare(dependencies, freePlaces);
    if (!(await grantAdditionalPlace(dependencies, job, launch.slot, isSpare))) return;
    const planned = await ledger.advance(job.jobId, { kind: 'additional-planned', launch });
    // The job is over, or another invoker launches its workers now.
    if (planned.outcome === 'refused') return;
    const sent = await sendAdditionalLaunch(dependencies, planned.job, launch);
    if (sent.outcome !== 'started') {
      const { slot, taskArn } = launch;
      const isWanted = sent.outcome === 'no-capacity';
      await ledger.advance(job.jobId, { kind: 'additional-ended', slot, taskArn, isWanted });
      return;
    }
    job = sent.job;
  }
}

/** Whether no queued job needs the place now or soon. No more of these jobs are read than there are places. */
async function isPlaceSpare({ ledger }: InvokerDependencies, freePlaces: number): Promise<boolean> {
  const limit = freePlaces - placesForUploads;
  if (limit <= 0) return false;
  const expected = await Promise.all([
    ledger.listLine({}, limit),
    ledger.listPhase('delayed', { limit }),
    ledger.listPhase('uninspected', { limit }),
  ]);
  return expected.flat().length < limit;
}
