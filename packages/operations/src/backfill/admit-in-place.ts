import {
  compareUploads,
  isDeletedVersion,
  isJobOfVersion,
  jobIdOf,
  notificationOfUpload,
  orderOfListedUpload,
  type Upload,
} from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import { type BackfillCandidate, type BackfillResult, known } from './backfilled-object.ts';

/** The S3 event of a younger object may still arrive. */
const minAgeMilliseconds = 2 * 60_000;

/**
 * Sends the message that S3 would have sent for an object of the source bucket, unless there is a job of it or there was one. Two
 * messages for one version make one job.
 */
export async function admitInPlace(
  { ledger, store, queues }: Pick<Stack, 'ledger' | 'store' | 'queues'>,
  { bucket, key, lastModified }: BackfillCandidate,
  { dryRun }: { dryRun: boolean },
): Promise<BackfillResult> {
  if (Date.now() - Date.parse(lastModified) < minAgeMilliseconds)
    return known('just-uploaded', 'It was uploaded just now: the event of S3 admits it.');
  const head = await store.head({ bucket, key });
  if (head === null) return known('object-missing', 'It was deleted meanwhile.');
  const { sizeBytes, etag, versionId } = head;
  const order = orderOfListedUpload(head.lastModified);
  const upload: Upload = { bucket, key, versionId, etag, sizeBytes, ...order };
  const jobId = jobIdOf(upload);
  const job = await ledger.readJob(jobId);
  if (job !== null) return known('has-job', `Its job ${jobId} is ${job.status}.`);
  const output = await ledger.readOutput(key);
  if (output !== null && isDeletedVersion(output, order))
    return known('was-deleted', 'What was published from it was deleted.');
  if (output !== null && isJobOfVersion(output.latest, upload))
    return known('had-job', `Its job ${jobId} ended so long ago that its record was removed.`);
  if (output !== null && compareUploads(order, output.latest.order) < 0)
    return known('superseded', `A newer upload of ${key} is job ${output.latest.jobId}.`);
  if (!dryRun) await queues.uploads.messages.send(notificationOfUpload(upload));
  return { outcome: 'admitted', reason: null };
}
