import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import type { Connection } from './connection.ts';
import type { ObjectAddress } from './object-address.ts';
import { headersOf, type ObjectHeaders } from './object-headers.ts';
import { toObjectStoreError } from './object-store-error.ts';
import { createS3Client } from './s3-client.ts';

/** A multipart upload that is not complete. */
export interface MultipartAddress {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
}

/** A part that S3 has. */
export interface StoredPart {
  /** From 1. */
  readonly partNumber: number;
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
}

/**
 * Multipart uploads whose parts others send, with presigned URLs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export type MultipartUploads = ReturnType<typeof createMultipartUploads>;

export function createMultipartUploads(connection: Connection) {
  const client = createS3Client(connection);
  return {
    async create(address: ObjectAddress, headers: ObjectHeaders): Promise<MultipartAddress> {
      const { bucket, key } = address;
      try {
        const { UploadId = '' } = await client.send(
          new CreateMultipartUploadCommand({ Bucket: bucket, Key: key, ...headersOf(headers) }),
        );
        return { bucket, key, uploadId: UploadId };
      } catch (error) {
        throw toObjectStoreError(error, address);
      }
    },

    /** The parts that S3 has, by number. @returns null if there is no such upload: it was completed, aborted or expired */
    async listParts(address: MultipartAddress): Promise<StoredPart[] | null> {
      const parts: StoredPart[] = [];
      try {
        for (let marker: string | undefined; ; ) {
          const page = await client.send(
            new ListPartsCommand({ ...inputOf(address), ...(marker && { PartNumberMarker: marker }) }),
          );
          parts.push(
            ...(page.Parts ?? []).map((part) => ({
              partNumber: part.PartNumber ?? 0,
              sizeBytes: part.Size ?? 0,
              etag: (part.ETag ?? '').replaceAll('"', ''),
            })),
          );
          if (!page.IsTruncated || page.NextPartNumberMarker === undefined) return parts;
          marker = page.NextPartNumberMarker;
        }
      } catch (error) {
        if (isNoSuchUpload(error)) return null;
        throw toObjectStoreError(error, address);
      }
    },

    /** @returns null if there is no such upload */
    async complete(
      address: MultipartAddress,
      parts: readonly StoredPart[],
    ): Promise<{ etag: string; versionId: string | null } | null> {
      try {
        const { ETag = '', VersionId } = await client.send(
          new CompleteMultipartUploadCommand({
            ...inputOf(address),
            MultipartUpload: {
              Parts: parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag })),
            },
          }),
        );
        return { etag: ETag.replaceAll('"', ''), versionId: VersionId ?? null };
      } catch (error) {
        if (isNoSuchUpload(error)) return null;
        throw toObjectStoreError(error, address);
      }
    },

    /** Removes the parts. @returns false if there was no such upload */
    async abort(address: MultipartAddress): Promise<boolean> {
      try {
        await client.send(new AbortMultipartUploadCommand(inputOf(address)));
        return true;
      } catch (error) {
        if (isNoSuchUpload(error)) return false;
        throw toObjectStoreError(error, address);
      }
    },
  };
}

function inputOf({ bucket, key, uploadId }: MultipartAddress) {
  return { Bucket: bucket, Key: key, UploadId: uploadId };
}

/** S3 answers 404 for an upload that is over, and 400 for text that is no upload id. */
function isNoSuchUpload(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchUpload';
}
