import type { Bucket } from '../disk/bucket.ts';
import type { DeliverNotification } from '../disk/notification-outbox.ts';
import type { Storage } from '../disk/storage.ts';
import type { S3Request, S3Response } from '../http/s3-request.ts';

/** The dependencies of all handlers. */
export interface HandlerContext {
  readonly storage: Storage;
  readonly region: string;
  readonly deliverNotification: DeliverNotification;
}

/** Handles an operation of the service, or CreateBucket. */
export type ServiceHandler = (context: HandlerContext, request: S3Request) => Promise<S3Response>;

/** Handles an operation on an existing bucket, or on an object in it. */
export type BucketHandler = (
  context: HandlerContext,
  request: S3Request,
  bucket: Bucket,
) => Promise<S3Response>;
