import { jobIdOf } from '@fyrestream/events';
import type { Progress, Stack } from '@fyrestream/operations';
import type { LocalFile } from '../files/local-file.ts';

export interface UploadedFile {
  readonly jobId: string;
  readonly uploadSeconds: number;
}

/** The pipeline detects the type of a source from its bytes, so no type is guessed from the name. */
const delivery = { contentType: 'application/octet-stream', cacheControl: 'private, no-cache' };

/** Streams a file into the source bucket, after its sidecars. The job id follows from the version that S3 returns. */
export async function uploadFile(
  stack: Stack,
  file: LocalFile,
  {
    metadata,
    onProgress,
    signal,
  }: {
    metadata: Readonly<Record<string, string>>;
    onProgress: (progress: Progress) => void;
    signal: AbortSignal;
  },
): Promise<UploadedFile> {
  const startedAt = performance.now();
  const address = { bucket: stack.sourceBucket, key: file.key };
  onProgress({ phase: 'uploading', fraction: 0 });
  for (const sidecar of file.sidecars ?? [])
    await stack.store.upload({ ...address, key: sidecar.key }, sidecar.path, delivery, { signal });
  const headers = { ...delivery, metadata };
  const stored = await stack.store.upload(address, file.path, headers, {
    signal,
    onProgress: (sentBytes) =>
      onProgress({ phase: 'uploading', fraction: sentBytes / Math.max(1, file.sizeBytes) }),
  });
  return {
    jobId: jobIdOf({ ...address, ...stored }),
    uploadSeconds: (performance.now() - startedAt) / 1_000,
  };
}
