import { compareUploads, jobIdOf, type Upload, uploadKeyProblem, uploadPrefix } from '@fyrestream/events';
import { admitUpload } from './admit-upload.ts';
import type { InvokerDependencies } from './invoker-dependencies.ts';
import { reconcileJob } from './reconcile-job.ts';

/** What one sweep looks at; the next one goes on. */
const uploadsPerSweep = 200;
/** The event of a fresh upload is on its way; the sweep is for what was lost. */
const graceMilliseconds = 2 * 60_000;
/** S3 tells the time of an object in whole seconds, rounded down. */
const timeGrainMilliseconds = 1_000;

/** Looks through one page of the source bucket for uploads that have no job. */
export async function admitMissedUploads(
  dependencies: InvokerDependencies,
  each: (key: string, work: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { ledger, store, clock, settings } = dependencies;
  const bucket = settings.sourceBucket;
  const startAfter = await ledger.readSweepCursor();
  const page = await store.list(bucket, uploadPrefix, {
    limit: uploadsPerSweep,
    ...(startAfter !== null && { startAfter }),
  });
  for (const { key, lastModified } of page) {
    if (uploadKeyProblem(key) !== null) continue;
    if (Date.parse(clock()) - Date.parse(lastModified) < graceMilliseconds) continue;
    await each(key, () => admitIfForgotten(dependencies, key, lastModified));
  }
  const last = page.at(-1)?.key ?? null;
  await ledger.writeSweepCursor(page.length < uploadsPerSweep ? null : last);
}

async function admitIfForgotten(
  dependencies: InvokerDependencies,
  key: string,
  lastModified: string,
): Promise<void> {
  const { ledger, store, settings, log } = dependencies;
  const latest = (await ledger.readOutput(key))?.latest;
  const isOlder = latest && compareUploads(orderOf(lastModified), latest.order) < 0;
  if (isOlder) return;
  const address = { bucket: settings.sourceBucket, key };
  const head = await store.head(address);
  if (head === null) return;
  const { sizeBytes, etag, versionId } = head;
  const upload: Upload = { ...address, versionId, etag, sizeBytes, ...orderOf(head.lastModified) };
  const jobId = jobIdOf(upload);
  if (latest?.jobId === jobId || (await ledger.readJob(jobId)) !== null) return;
  log.warn({ key, jobId }, 'upload-without-job');
  const job = await admitUpload(dependencies, upload);
  await reconcileJob(dependencies, job);
}

/**
 * Where a listed object stands among the versions of its key. It is the one that stands there long after it came, so it
 * came last of its second.
 */
function orderOf(lastModified: string): Pick<Upload, 'sequencer' | 'uploadedAt'> {
  const uploadedAt = new Date(Date.parse(lastModified) + timeGrainMilliseconds).toISOString();
  return { sequencer: null, uploadedAt };
}
