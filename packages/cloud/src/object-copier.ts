import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import pMap from 'p-map';
import type { Connection } from './connection.ts';
import { copySourceOf, type ObjectAddress } from './object-address.ts';
import type { ObjectFacts } from './object-store.ts';
import { toObjectStoreError } from './object-store-error.ts';
import { createS3Client } from './s3-client.ts';

/** Copies objects of any size inside S3, also from other buckets and regions. */
export type ObjectCopier = ReturnType<typeof createObjectCopier>;

/** From 5 GB on, S3 copies only parts of an object. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/copy-object.html */
const maxCopyBytes = 5_000_000_000;
/** An object has at most 10,000 parts and 50 TB. */
const partBytes = 1024 ** 3;
const partsAllowed = 10_000;
const concurrentParts = 4;

/** @param limits in bytes; smaller ones for tests */
export function createObjectCopier(connection: Connection, limits = { maxCopyBytes, partBytes }) {
  const client = createS3Client(connection);
  return {
    /**
     * @param facts of the source; the copy fails where it was replaced since
     * @param metadata of the copy, without `x-amz-meta-`
     * @throws FyrestreamError `precondition-failed`, `object-missing`, `object-access-denied`, `object-archived`
     */
    async copy(
      from: ObjectAddress,
      facts: ObjectFacts,
      to: ObjectAddress,
      metadata: Readonly<Record<string, string>>,
    ): Promise<void> {
      const target = { Bucket: to.bucket, Key: to.key };
      const headers = {
        Metadata: { ...metadata },
        ...(facts.contentType !== undefined && { ContentType: facts.contentType }),
      };
      const source = { CopySource: copySourceOf(from), CopySourceIfMatch: facts.etag };
      try {
        await (facts.sizeBytes < limits.maxCopyBytes
          ? client.send(
              new CopyObjectCommand({ ...target, ...source, ...headers, MetadataDirective: 'REPLACE' }),
            )
          : copyInParts(client, { target, source, headers, sizeBytes: facts.sizeBytes }, limits.partBytes));
      } catch (error) {
        throw toObjectStoreError(error, from);
      }
    },
  };
}

interface PartedCopy {
  readonly target: { readonly Bucket: string; readonly Key: string };
  readonly source: { readonly CopySource: string; readonly CopySourceIfMatch: string };
  readonly headers: { readonly Metadata: Record<string, string>; readonly ContentType?: string };
  readonly sizeBytes: number;
}

async function copyInParts(
  client: S3Client,
  { target, source, headers, sizeBytes }: PartedCopy,
  smallestPartBytes: number,
): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, ...headers }));
  const upload = { ...target, UploadId };
  const size = Math.max(smallestPartBytes, Math.ceil(sizeBytes / partsAllowed));
  try {
    const parts = await pMap(
      Array.from({ length: Math.ceil(sizeBytes / size) }, (_, index) => index),
      async (index) => {
        const last = Math.min(sizeBytes, (index + 1) * size) - 1;
        const part = { PartNumber: index + 1, CopySourceRange: `bytes=${index * size}-${last}` };
        const { CopyPartResult } = await client.send(
          new UploadPartCopyCommand({ ...upload, ...source, ...part }),
        );
        return { PartNumber: part.PartNumber, ETag: CopyPartResult?.ETag };
      },
      { concurrency: concurrentParts },
    );
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
  } catch (error) {
    // Parts cost money until they are removed; the bucket removes those of a crash after some days.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
}
