import { type JobRecord, jobCostOf, jobProgress, tenantOf } from '@fyrestream/events';
import { followedProgress, type JobWithProgress } from '@fyrestream/operations';
import type { JobView } from './job-schema.ts';

export function toJobView({ job, units, queue }: JobWithProgress): JobView {
  const { upload, outputs } = job;
  return {
    jobId: job.jobId,
    status: job.status,
    sourceKey: upload.key,
    tenant: tenantOf(upload.key),
    making: job.making ?? null,
    sizeBytes: upload.sizeBytes,
    uploadedAt: upload.uploadedAt,
    createdAt: job.createdAt,
    updatedAt: job.updatedAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    reason: job.reason,
    progress: progressOf(job, units, queue),
    attempt: job.attempt,
    nextAttemptAt: job.nextAttemptAt,
    costEstimateUsd: job.costEstimateUsd,
    costUsd: jobCostOf(job)?.totalUsd ?? null,
    durationSeconds: outputs?.durationSeconds ?? null,
    damage: outputs?.damage ?? null,
  };
}

function progressOf(
  job: JobRecord,
  units: JobWithProgress['units'],
  queue: JobWithProgress['queue'],
): JobView['progress'] {
  const at = new Date().toISOString();
  const { phase, fraction, speed, etaSeconds } = jobProgress(job, units, at);
  const { waitsFor = null } = followedProgress(job, units, at);
  return {
    ...{ phase, fraction, speed, etaSeconds },
    waitsFor,
    queue: queue === null || queue.place === null ? null : { place: queue.place, length: queue.length },
  };
}
