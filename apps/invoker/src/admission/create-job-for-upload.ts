import { admitJob, type JobRecord, jobIdOf, type Upload } from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';

/**
 * Creates the job of an upload unless it exists: one record for each version, however many events arrive and in whatever order.
 * The upload is not read for this: whatever its bytes do to the inspection, its job exists.
 * @returns the current job
 */
export async function createJobForUpload(
  dependencies: InvokerDependencies,
  upload: Upload,
): Promise<JobRecord> {
  const { ledger, estimateJob, clock, settings, log } = dependencies;
  const jobId = jobIdOf(upload);
  const existing = await ledger.readJob(jobId);
  if (existing === null) {
    const { job, created } = await ledger.createJob(
      admitJob({
        jobId,
        upload,
        size: estimateJob({ sizeBytes: upload.sizeBytes }).size,
        costEstimateUsd: null,
        awaitsInspection: true,
        refusal: null,
        capacity: settings.spotFirst ? 'spot' : 'on-demand',
        at: clock(),
      }),
    );
    if (created) log.info({ jobId, key: upload.key }, 'job-admitted');
    return supersedeOlderVersions(dependencies, job);
  }
  return supersedeOlderVersions(dependencies, existing);
}

/** Of several versions of one key only the newest is processed: supersedes all others, also this one if it is older. */
async function supersedeOlderVersions(
  { ledger, log }: InvokerDependencies,
  job: JobRecord,
): Promise<JobRecord> {
  const { upload } = job;
  const { latest, supersededJobIds } = await ledger.recordUpload(upload);
  for (const jobId of supersededJobIds) {
    if ((await ledger.readJob(jobId)) === null) continue;
    const { outcome } = await ledger.advance(jobId, {
      kind: 'superseded',
      reason: {
        code: 'superseded',
        message: `A newer upload of ${upload.key} is job ${latest.jobId}.`,
        retryable: false,
      },
    });
    if (outcome === 'moved') log.info({ jobId, by: latest.jobId }, 'job-superseded');
  }
  if (supersededJobIds.length > 0) await ledger.removeSupersededJobIds(upload.key, supersededJobIds);
  return (await ledger.readJob(job.jobId)) ?? job;
}
