import { CaptionRefusal, mediaCeilings, type PlannedCaptionFile } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';

/**
 * Reads the version of a caption file that the plan names.
 * @throws CaptionRefusal `caption-file-gone`, `caption-file-too-large`
 */
export async function readCaptionFile(
  { store, job }: JobContext,
  { key, versionId, etag, sizeBytes }: PlannedCaptionFile,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const address = { bucket: job.upload.bucket, key, versionId };
  // Without versions another file may have taken its place.
  if ((await store.head(address))?.etag !== etag) throw new CaptionRefusal('caption-file-gone');
  if (sizeBytes > mediaCeilings.captionFileBytes) throw new CaptionRefusal('caption-file-too-large');
  // S3 refuses a range of an empty object.
  return sizeBytes === 0 ? new Uint8Array() : store.readRange(address, 0, sizeBytes - 1, signal);
}
