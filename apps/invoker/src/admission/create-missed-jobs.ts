import {
  compareUploads,
  ignoredObjectKind,
  isJobOfVersion,
  jobIdOf,
  orderOfListedUpload,
  type Upload,
  uploadPrefix,
} from '@fyrestream/events';
import type { InvokerDependencies } from '../invoker-dependencies.ts';
import type { IsolateFailures } from '../isolate-failures.ts';
import { reconcileJob } from '../reconcile-job.ts';
import { createJobForUpload } from './create-job-for-upload.ts';

/** Objects that one sweep lists; the next one continues. */
const uploadsPerSweep = 200;
/** The S3 event of a newer upload may still arrive. */
const minAgeMilliseconds = 2 * 60_000;

/** Lists one page of the source bucket and admits the uploads that have no job. */
export async function createMissedJobs(
  dependencies: InvokerDependencies,
  isolate: IsolateFailures,
): Promise<void> {
  const { ledger, store, clock, settings } = dependencies;
  const bucket = settings.sourceBucket;
  const startAfter = await ledger.readSweepCursor();
  const page = await store.list(bucket, uploadPrefix, {
    limit: uploadsPerSweep,
    ...(startAfter !== null && { startAfter }),
  });
  // Before the work, so that the next sweep continues after an upload that ends or blocks this one. A later pass through the
  // bucket finds what was not admitted.
  await ledger.writeSweepCursor(page.length < uploadsPerSweep ? null : (page.at(-1)?.key ?? null));
  for (const { key, sizeBytes, lastModified } of page) {
    if (ignoredObjectKind(key, sizeBytes) !== null) continue;
    if (Date.parse(clock()) - Date.parse(lastModified) < minAgeMilliseconds) continue;
    await isolate(key, () => admitIfMissed(dependencies, key, lastModified));
  }
}

async function admitIfMissed(
  dependencies: InvokerDependencies,
  key: string,
  lastModified: string,
): Promise<void> {
  const { ledger, store, settings, log } = dependencies;
  const latest = (await ledger.readOutput(key))?.latest;
  const isOlder = latest && compareUploads(orderOfListedUpload(lastModified), latest.order) < 0;
  if (isOlder) return;
  const address = { bucket: settings.sourceBucket, key };
  const head = await store.head(address);
  if (head === null) return;
  const { sizeBytes, etag, versionId } = head;
  const upload: Upload = {
    ...address,
    versionId,
    etag,
    sizeBytes,
    ...orderOfListedUpload(head.lastModified),
  };
  const jobId = jobIdOf(upload);
  if ((latest && isJobOfVersion(latest, upload)) || (await ledger.readJob(jobId)) !== null) return;
  log.warn({ key, jobId }, 'upload-without-job');
  const job = await createJobForUpload(dependencies, upload);
  await reconcileJob(dependencies, job);
}
