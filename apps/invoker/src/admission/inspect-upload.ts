import { toServiceFault } from '@fyrestream/cloud';
import {
  type JobRecord,
  type Making,
  maxDeniedInspections,
  maxInspectionDelays,
  maxInspectionMinutes,
  type Reason,
  reasonFrom,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import { deferLaunch } from '../launch/defer-launch.ts';
import type { ReconcileResult } from '../reconcile-result.ts';
import type { Choice, ChosenUpload } from './create-upload-chooser.ts';
import { type Inspection, refusedInspection, unknownInspection } from './inspect-source.ts';

/** What is recorded of an upload. */
interface Result extends Inspection {
  /** Null if it cannot be chosen: then the upload is refused. */
  readonly making: Making | null;
}

/**
 * Chooses how the upload of a job is made, inspects it and records both. If the upload cannot be read now, that is postponed; if it cannot be
 * inspected at all, the job is launched without its facts, but never without the choice.
 */
export async function inspectUpload(
  dependencies: InvokerDependencies,
  job: JobRecord,
): Promise<ReconcileResult> {
  const { ledger, log } = dependencies;
  const result = await chooseAndInspect(dependencies, job);
  if (!('size' in result)) return deferLaunch(dependencies, job, result);
  const { size, costEstimateUsd, making, refusal } = result;
  const step = { kind: 'inspected', size, costEstimateUsd, making, refusal } as const;
  const { job: recorded, outcome } = await ledger.advance(job.jobId, step);
  if (outcome === 'moved')
    log.info({ jobId: job.jobId, size, costEstimateUsd, making, refusal }, 'upload-inspected');
  return { job: recorded, again: outcome === 'moved' };
}

/** @returns the result, or the reason for which to postpone the inspection */
async function chooseAndInspect(dependencies: InvokerDependencies, job: JobRecord): Promise<Result | Reason> {
  const { choose, estimateJob, log } = dependencies;
  const refuse = (refusal: Reason) => ({
    ...refusedInspection(job.upload, refusal, estimateJob),
    making: null,
  });
  let choice: Choice;
  try {
    choice = await choose(job.upload);
  } catch (error) {
    const reason = reasonFrom(toServiceFault(error) ?? error);
    log.warn({ jobId: job.jobId, reason }, 'upload-not-chosen');
    const maxDelays = isDenied(reason) ? maxDeniedInspections : maxInspectionDelays;
    return job.waitCount < maxDelays ? reason : refuse({ ...reason, retryable: false });
  }
  if ('refusal' in choice) return refuse(choice.refusal);
  const inspection = await tryInspection(dependencies, job, choice);
  return 'size' in inspection ? { ...inspection, making: choice.making } : inspection;
}

/** @returns the inspection, or the reason for which to postpone it */
async function tryInspection(
  { inspect, estimateJob, clock, log }: InvokerDependencies,
  { jobId, upload, nextAttemptAt, createdAt, waitCount }: JobRecord,
  { making, object }: ChosenUpload,
): Promise<Inspection | Reason> {
  const unknown = () => unknownInspection(upload, estimateJob, making);
  const dueSince = Date.parse(clock()) - Date.parse(nextAttemptAt ?? createdAt);
  if (dueSince > maxInspectionMinutes * 60_000) {
    log.warn({ jobId }, 'inspection-given-up');
    return unknown();
  }
  try {
    return await inspect(upload, object, making);
  } catch (error) {
    const reason = reasonFrom(toServiceFault(error) ?? error);
    log.warn({ jobId, reason }, 'upload-not-inspected');
    if (isDenied(reason) && waitCount >= maxDeniedInspections)
      return { ...unknown(), refusal: { ...reason, retryable: false } };
    return waitCount < maxInspectionDelays ? reason : unknown();
  }
}

function isDenied({ code }: Reason): boolean {
  return code === 'object-access-denied';
}
