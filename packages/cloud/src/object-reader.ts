import type { Readable } from 'node:stream';
import { GetObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { Connection } from './connection.ts';
import type { ObjectAddress } from './object-address.ts';
import { isMissingObjectError, toObjectStoreError } from './object-store-error.ts';
import { createS3Client } from './s3-client.ts';

/** An object, or a part of it, as S3 answers an HTTP client. */
export interface ReadObject {
  readonly status: 200 | 206 | 304 | 404 | 416;
  /** Those of S3 that concern the object, by their lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** To be read to its end or destroyed; null unless the status is 200 or 206. */
  readonly body: Readable | null;
}

export type ObjectReader = ReturnType<typeof createObjectReader>;

/** Reads objects for an HTTP server that passes on what its clients ask: S3 decides about ranges and conditions. */
export function createObjectReader(connection: Connection) {
  const client = createS3Client(connection);
  return {
    /** @param request the headers `range` and `if-none-match` of the client */
    async open(
      address: ObjectAddress,
      request: { range?: string | undefined; ifNoneMatch?: string | undefined; signal: AbortSignal },
    ): Promise<ReadObject> {
      try {
        const object = await client.send(
          new GetObjectCommand({
            Bucket: address.bucket,
            Key: address.key,
            ...(request.range && { Range: request.range }),
            ...(request.ifNoneMatch && { IfNoneMatch: request.ifNoneMatch }),
          }),
          { abortSignal: request.signal },
        );
        const headers = {
          'accept-ranges': 'bytes',
          'content-type': object.ContentType,
          'content-length': object.ContentLength?.toString(),
          'content-range': object.ContentRange,
          'cache-control': object.CacheControl,
          etag: object.ETag,
          'last-modified': object.LastModified?.toUTCString(),
        };
        return {
          status: object.ContentRange === undefined ? 200 : 206,
          headers: Object.fromEntries(Object.entries(headers).filter(isGiven)),
          body: object.Body as unknown as Readable,
        };
      } catch (error) {
        const status = statusOf(error);
        if (status === null) throw toObjectStoreError(error, address);
        return { status, headers: {}, body: null };
      }
    },
  };
}

function isGiven(entry: [string, string | undefined]): entry is [string, string] {
  return entry[1] !== undefined;
}

/** The answers of S3 that are no failure of it. */
function statusOf(error: unknown): 304 | 404 | 416 | null {
  if (isMissingObjectError(error)) return 404;
  if (!(error instanceof S3ServiceException)) return null;
  const status = error.$metadata.httpStatusCode;
  return status === 304 || status === 416 ? status : null;
}
