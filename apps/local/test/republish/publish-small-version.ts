import type { ObjectStore } from '@fyrestream/cloud';
import type { Upload } from '@fyrestream/events';
import { type JobContext, publishVersion } from '@fyrestream/worker';
import type { PipelineClient } from '../pipeline/pipeline-client.ts';
import { makeSmallVersion, token } from './small-version.ts';

const delivery = { contentType: 'application/octet-stream', cacheControl: 'no-store' };

/** The steps after a transcode: the version is stored, then the stable files are updated. @returns the outcome */
export async function publishSmallVersion(
  { ledger, outputBucket, ...pipeline }: PipelineClient,
  upload: Upload,
  store: ObjectStore = pipeline.store,
): Promise<string> {
  const { job, presentation, outputs, files } = makeSmallVersion(upload);
  await Promise.all(
    [...files].map(([fileKey, body]) => store.put({ bucket: outputBucket, key: fileKey }, body, delivery)),
  );
  await ledger.recordUpload(upload);
  const work = { job, ledger, store, settings: { outputBucket } } as JobContext;
  return (await publishVersion(work, presentation, outputs, token)).outcome;
}
