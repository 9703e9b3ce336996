import { FyrestreamError, type Watermark, watermarkKey } from '@fyrestream/events';
import {
  mediaCeilings,
  readWatermarkProbe,
  sniffWatermark,
  type WatermarkFile,
  type WatermarkImage,
  watermarkProbeArguments,
} from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';
import { processLimits } from '../sandbox/process-limits.ts';
import { fetchWatermark } from './fetch-watermark.ts';

/**
 * Finds the image of a profile's watermark and decodes it once. The version that was found is the one that every unit draws.
 * @throws FyrestreamError `watermark-unusable` if it is missing, too large or no image: a retry succeeds once it is mended
 */
export async function findWatermark(
  work: JobContext,
  { profile, watermark }: { profile: string; watermark: Watermark },
  signal: AbortSignal,
): Promise<WatermarkImage> {
  const address = { bucket: work.job.upload.bucket, key: watermarkKey(watermark.image) };
  const refuse = (why: string, cause?: unknown) =>
    new FyrestreamError({
      code: 'watermark-unusable',
      message: `watermark.image of the profile ${profile} cannot be used: s3://${address.bucket}/${address.key} ${why}. Put a PNG, WebP or JPEG there, then retry the job.`,
      retryable: false,
      cause,
    });
  const facts = await work.store.head(address);
  if (facts === null) throw refuse('does not exist');
  const { versionId, etag, sizeBytes } = facts;
  if (sizeBytes === 0) throw refuse('is empty');
  if (sizeBytes > mediaCeilings.watermarkBytes)
    throw refuse(`has ${sizeBytes} bytes, more than ${mediaCeilings.watermarkBytes}`);
  const pinned = { key: address.key, versionId, etag, sizeBytes };
  const start = await work.store.readRange({ ...address, versionId }, 0, Math.min(sizeBytes, 16) - 1, signal);
  const demuxer = sniffWatermark(start);
  if (demuxer === null) throw refuse('is none of these images');
  const file: WatermarkFile = { ...pinned, demuxer };
  const path = await fetchWatermark(work, file, signal);
  const argv = watermarkProbeArguments(path, demuxer);
  const limits = processLimits('inspect', { sourceBytes: sizeBytes });
  const size = await work.ffmpeg
    .probe(argv, { signal, limits })
    .then(readWatermarkProbe)
    .catch((error: unknown) => {
      // ffprobe failed because of the image, or reached a limit because of it.
      if (error instanceof FyrestreamError && !error.retryable) throw refuse('cannot be decoded', error);
      throw error;
    });
  if (size === null) {
    const edge = mediaCeilings.watermarkEdgePixels;
    throw refuse(`cannot be decoded, or is larger than ${edge} x ${edge} pixels`);
  }
  return { file, size };
}
