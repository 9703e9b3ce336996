import { FyrestreamError } from '@fyrestream/events';
import type { PlannedAudioFile } from '@fyrestream/media';
import type { JobContext } from '../job-context.ts';

/**
 * Downloads the version of an audio file that the plan names.
 * @returns its path on the scratch disk, which the caller removes
 * @throws FyrestreamError `audio-file-gone`
 */
export async function fetchAudioFile(
  { store, job, scratch }: JobContext,
  { key, versionId, etag }: Pick<PlannedAudioFile, 'key' | 'versionId' | 'etag'>,
  signal: AbortSignal,
): Promise<string> {
  const address = { bucket: job.upload.bucket, key, versionId };
  // Without versions another file may have taken its place.
  if ((await store.head(address))?.etag !== etag) {
    throw new FyrestreamError({
      code: 'audio-file-gone',
      message: `${key} beside the film was replaced or removed while the film was processed: upload the film again.`,
      retryable: false,
    });
  }
  // A fixed name: the name of the file must not appear in a command line.
  const target = await scratch.path('audio-file');
  await store.download(address, target, signal);
  return target;
}
