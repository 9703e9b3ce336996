import { FyrestreamError } from '@fyrestream/events';
import type { WatermarkFile } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';

/**
 * The image of a plan on the scratch disk: the version that was planned.
 * @throws FyrestreamError `watermark-unusable` if that version is gone: a retry plans the job with the present one
 */
export async function fetchWatermark(
  { store, scratch, job }: JobContext,
  { key, versionId, etag, sizeBytes }: WatermarkFile,
  signal: AbortSignal,
): Promise<string> {
  const { bucket } = job.upload;
  const address = { bucket, key, versionId };
  // Without versions another file may have taken its place.
  if ((await store.head(address))?.etag !== etag) {
    throw new FyrestreamError({
      code: 'watermark-unusable',
      message: `The watermark s3://${bucket}/${key} was replaced or deleted while the job ran; retry the job.`,
      retryable: false,
    });
  }
  // A fixed name: the name in the bucket must not appear in a command line. Units of one worker may need it at the same time.
  const path = await scratch.path('watermark', etag);
  await scratch.write(path, await store.readRange(address, 0, sizeBytes - 1, signal));
  return path;
}
