import { maxFailures, type StableFileName, stableFileNames, stableKey } from '@fyrestream/events';
import type { Observations, UploadedVersion } from '../violations/observations.ts';
import { type OutputVersion, readOutputVersion } from '../violations/output-version.ts';
import { mustHaveJob } from './must-have-job.ts';
import type { ScheduleRecord } from './schedule-record.ts';
import type { SimulatedTask } from './services/simulated-task.ts';
import { outputBucket, type SimulatedPipeline } from './simulated-pipeline.ts';
import type { UploadRecord } from './upload-record.ts';

/** What is visible at the end of a schedule, as the rules that are shared with the chaos run need it. */
export function observeSchedule(record: ScheduleRecord, pipeline: SimulatedPipeline): Observations {
  const versions = new Map<string, UploadedVersion[]>();
  const stableFiles = new Map<string, Map<StableFileName, OutputVersion | null>>();
  for (const uploaded of record.uploads) {
    const { key } = uploaded.upload;
    versions.set(key, [...(versions.get(key) ?? []), versionOf(uploaded, record, pipeline)]);
    stableFiles.set(key, readStableFiles(key, pipeline));
  }
  return {
    ...record,
    versions,
    stableFiles,
    requiredFiles: ['certificate.json'],
    launches: pipeline.tasks.all().map(({ request }) => JSON.stringify(request)),
  };
}

function versionOf(
  uploaded: UploadRecord,
  { jobs, userControlledJobIds }: ScheduleRecord,
  pipeline: SimulatedPipeline,
): UploadedVersion {
  const { upload, jobId, content } = uploaded;
  const failed = pipeline.tasks.all().filter((task) => task.startedBy === jobId && mayHaveFailed(task));
  const failedAttempts = new Set(failed.map(({ request }) => request.attempt)).size;
  // A task is enlarged only once, so the second such failure is final.
  const code = jobs.get(jobId)?.reason?.code ?? '';
  const allowedFailures = ['out-of-memory', 'disk-full'].includes(code) ? 2 : maxFailures;
  return {
    key: upload.key,
    versionId: upload.versionId ?? '',
    jobId,
    content,
    mustHaveJob: mustHaveJob(pipeline, uploaded),
    expectedStatus: content === 'undecodable' || content === 'empty' ? 'failed' : 'succeeded',
    expectedReasonCode: null,
    mayFail: content === 'always-failing' || failedAttempts >= allowedFailures,
    isUserControlled: userControlledJobIds.has(jobId),
  };
}

/** A container that hangs may have reported a failure before. */
function mayHaveFailed({ hasFailed, containers }: SimulatedTask): boolean {
  return hasFailed || containers.some((container) => container.isHung());
}

function readStableFiles(key: string, { buckets }: SimulatedPipeline) {
  const named = new Map<StableFileName, OutputVersion | null>();
  for (const name of stableFileNames) {
    const file = buckets.find({ bucket: outputBucket, key: stableKey(key, name) });
    if (file !== undefined) named.set(name, readOutputVersion(file.body));
  }
  return named;
}
