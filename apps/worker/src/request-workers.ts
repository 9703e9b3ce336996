import { type JobStep, reasonFrom } from '@fyrestream/events';
import { estimatePlan, planToEncode } from '@fyrestream/media';
import type { CurrentPlan } from './current-plan.ts';
import type { JobContext } from './job-context.ts';

/**
 * Records how many workers the plan wants beside the leading one, once for each plan, and asks the invoker to launch them. If
 * the message is lost, the next sweep does.
 */
export async function requestWorkers(
  { ledger, sender, job, settings, log }: JobContext,
  { stored: { facts, plan }, token: planToken }: CurrentPlan,
): Promise<void> {
  if (settings.maxWorkersPerJob === 1) return;
  const { jobId, attempt, size, upload } = job;
  const source = { sizeBytes: upload.sizeBytes, durationSeconds: facts.durationSeconds };
  const { workers, cost } = estimatePlan(planToEncode(plan), source, size, settings);
  const additionalWorkers = workers - 1;
  // Releases that do not know the field `additional` can read the record of a job without.
  if (additionalWorkers === 0 && job.additional === undefined) return;
  const costEstimateUsd = cost.dollars;
  const step: JobStep = { kind: 'planned', attempt, planToken, additionalWorkers, costEstimateUsd };
  const { outcome } = await ledger.advance(jobId, step);
  if (outcome === 'refused' || additionalWorkers === 0) return;
  log.info({ workers, costEstimateUsd }, 'workers-requested');
  await sender.send({ kind: 'job-due', jobId }, 0).catch((error: unknown) => {
    log.warn({ reason: reasonFrom(error) }, 'request-for-workers-not-sent');
  });
}
