import type { Upload } from '@fyrestream/events';
import { type SimulatedPipeline, sourceBucket } from './simulated-pipeline.ts';
import type { UploadRecord } from './upload-record.ts';

/**
 * Whether an upload must get a job: its notification was sent, or it is the current version in the bucket. A dead letter
 * is reported to the operator and gets its job when it is redriven.
 */
export function mustHaveJob(pipeline: SimulatedPipeline, { upload, isNotified }: UploadRecord): boolean {
  const isDead = pipeline.uploads.deadLetters().some((body) => body.includes(`"${upload.versionId}"`));
  return isCurrent(pipeline, upload) || (isNotified && !isDead);
}

function isCurrent(pipeline: SimulatedPipeline, upload: Upload): boolean {
  return pipeline.buckets.find({ bucket: sourceBucket, key: upload.key })?.versionId === upload.versionId;
}
