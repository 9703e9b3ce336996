import type { S3Client } from '@aws-sdk/client-s3';

/** Requests to S3 by what they cost. */
export interface RequestCounts {
  /** PUT, COPY, POST and LIST. */
  readonly writes: number;
  /** GET and HEAD. Deletions cost nothing. */
  readonly reads: number;
}

const writes = new Set([
  ...['PutObjectCommand', 'CopyObjectCommand', 'ListObjectsV2Command', 'UploadPartCommand'],
  ...['CreateMultipartUploadCommand', 'CompleteMultipartUploadCommand'],
]);
const reads = new Set(['GetObjectCommand', 'HeadObjectCommand']);

/** Counts the requests of a client, each repetition of one too. @see https://aws.amazon.com/s3/pricing/ */
export function countRequests(client: S3Client): () => RequestCounts {
  const counts = { writes: 0, reads: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        if (writes.has(commandName)) counts.writes += 1;
        else if (reads.has(commandName)) counts.reads += 1;
        return next(args);
      },
    // After the retries, which come first in this step.
    { step: 'finalizeRequest', priority: 'low', name: 'countRequests' },
  );
  return () => ({ ...counts });
}
