import type { Bucket } from '../disk/bucket.ts';
import type { DeliverNotification } from '../disk/outbox.ts';
import type { Storage } from '../disk/storage.ts';
import type { S3Request, S3Response } from '../http/s3-request.ts';

/** What the handlers of all operations share. */
export interface HandlerContext {
  readonly storage: Storage;
  readonly region: string;
  readonly deliverNotification: DeliverNotification;
}

/** Serves an operation of the service, or one that creates its bucket. */
export type ServiceHandler = (context: HandlerContext, request: S3Request) => Promise<S3Response>;

/** Serves an operation on a bucket that exists, or on an object in it. */
export type BucketHandler = (
  context: HandlerContext,
  request: S3Request,
  bucket: Bucket,
) => Promise<S3Response>;
