import { toServiceFault } from '@fyrestream/cloud';
import {
  type JobRecord,
  maxDeniedInspections,
  maxInspectionDelays,
  maxInspectionMinutes,
  type Reason,
  reasonFrom,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { deferLaunch } from '../launch/defer-launch.ts';
import type { ReconcileResult } from '../reconcile-result.ts';
import { type Inspection, unknownInspection } from './inspect-source.ts';

/**
 * Inspects the upload of a job and records the result. If the upload cannot be read now, the inspection is postponed; if it
 * cannot be inspected at all, the job is launched without its facts.
 */
export async function inspectUpload(
  dependencies: InvokerDependencies,
  job: JobRecord,
): Promise<ReconcileResult> {
  const { ledger, log } = dependencies;
  const inspection = await tryInspection(dependencies, job);
  if (!('size' in inspection)) return deferLaunch(dependencies, job, inspection);
  const { size, costEstimateUsd, refusal } = inspection;
  const step = { kind: 'inspected', size, costEstimateUsd, making: null, refusal } as const;
  const { job: recorded, outcome } = await ledger.advance(job.jobId, step);
  if (outcome === 'moved') log.info({ jobId: job.jobId, size, costEstimateUsd, refusal }, 'upload-inspected');
  return { job: recorded, again: outcome === 'moved' };
}

/** @returns the inspection, or the reason for which to postpone it */
async function tryInspection(
  { inspect, estimateJob, clock, log }: InvokerDependencies,
  job: JobRecord,
): Promise<Inspection | Reason> {
  const { jobId, upload } = job;
  const dueSince = Date.parse(clock()) - Date.parse(job.nextAttemptAt ?? job.createdAt);
  if (dueSince > maxInspectionMinutes * 60_000) {
    log.warn({ jobId }, 'inspection-given-up');
    return unknownInspection(upload, estimateJob);
  }
  try {
    return await inspect(upload);
  } catch (error) {
    const reason = reasonFrom(toServiceFault(error) ?? error);
    log.warn({ jobId, reason }, 'upload-not-inspected');
    if (reason.code === 'object-access-denied' && job.waitCount >= maxDeniedInspections) {
      return { ...unknownInspection(upload, estimateJob), refusal: { ...reason, retryable: false } };
    }
    return job.waitCount < maxInspectionDelays ? reason : unknownInspection(upload, estimateJob);
  }
}
