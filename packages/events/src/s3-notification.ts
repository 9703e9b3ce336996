import { z } from 'zod';
import { decodeNotificationKey } from './object-key.ts';
import type { Upload } from './upload.ts';

/**
 * S3 event notifications as they arrive in SQS. Only the fields that are used are parsed.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
const recordSchema = z.object({
  eventSource: z.literal('aws:s3'),
  eventName: z.string(),
  eventTime: z.iso.datetime(),
  s3: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({
      key: z.string().min(1),
      size: z.int().nonnegative().default(0),
      eTag: z.string().default(''),
      versionId: z.string().min(1).optional(),
      sequencer: z.string().min(1).optional(),
    }),
  }),
});

export const s3NotificationSchema = z.object({ Records: z.array(recordSchema).min(1) });

/** S3 sends it each time a notification configuration is stored; it has no records. */
export const s3TestEventSchema = z.object({
  Service: z.literal('Amazon S3'),
  Event: z.literal('s3:TestEvent'),
});

/** The same event from EventBridge. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export const s3EventBridgeSchema = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.enum(['Object Created', 'Object Deleted']),
  time: z.iso.datetime(),
  detail: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({
      /** Not encoded, unlike in a notification. */
      key: z
        .string()
        .min(1)
        .refine((key) => key.isWellFormed(), 'is no text'),
      size: z.int().nonnegative().default(0),
      etag: z.string().default(''),
      'version-id': z.string().min(1).optional(),
      sequencer: z.string().min(1).optional(),
    }),
  }),
});

/** The uploads of a notification: Put, Post, Copy and CompleteMultipartUpload are treated alike. */
export function uploadsOfNotification(notification: z.infer<typeof s3NotificationSchema>): Upload[] {
  return notification.Records.filter((record) => record.eventName.startsWith('ObjectCreated:')).map(
    (record) => ({
      bucket: record.s3.bucket.name,
      key: decodeNotificationKey(record.s3.object.key),
      versionId: record.s3.object.versionId ?? null,
      etag: record.s3.object.eTag,
      sizeBytes: record.s3.object.size,
      sequencer: record.s3.object.sequencer ?? null,
      uploadedAt: record.eventTime,
    }),
  );
}

/** When an object was deleted, or a version of it: what is left of it says the bucket. */
export const deletedSourceSchema = z.strictObject({
  bucket: z.string().min(1),
  key: z.string().min(1),
  deletedAt: z.iso.datetime(),
});
export type DeletedSource = z.infer<typeof deletedSourceSchema>;

/** The deletions of a notification: of versions, and by delete markers. */
export function deletionsOfNotification(notification: z.infer<typeof s3NotificationSchema>): DeletedSource[] {
  return notification.Records.filter((record) => record.eventName.startsWith('ObjectRemoved:')).map(
    (record) => ({
      bucket: record.s3.bucket.name,
      key: decodeNotificationKey(record.s3.object.key),
      deletedAt: record.eventTime,
    }),
  );
}

/** The notification of an upload, in the format of S3: for objects of which S3 sent none. */
export function notificationOfUpload(upload: Upload): string {
  const { bucket, key, versionId, etag, sizeBytes, sequencer, uploadedAt } = upload;
  return JSON.stringify({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        eventTime: uploadedAt,
        s3: {
          bucket: { name: bucket },
          object: {
            ...{ key: encodeURIComponent(key), size: sizeBytes, eTag: etag },
            ...(versionId !== null && { versionId }),
            ...(sequencer !== null && { sequencer }),
          },
        },
      },
    ],
  });
}

/** @returns null for a deletion */
export function uploadOfEventBridge(event: z.infer<typeof s3EventBridgeSchema>): Upload | null {
  if (event['detail-type'] !== 'Object Created') return null;
  const { bucket, object } = event.detail;
  return {
    bucket: bucket.name,
    key: object.key,
    versionId: object['version-id'] ?? null,
    etag: object.etag,
    sizeBytes: object.size,
    sequencer: object.sequencer ?? null,
    uploadedAt: event.time,
  };
}

/** @returns null for a new object */
export function deletionOfEventBridge(event: z.infer<typeof s3EventBridgeSchema>): DeletedSource | null {
  if (event['detail-type'] !== 'Object Deleted') return null;
  const { bucket, object } = event.detail;
  return { bucket: bucket.name, key: object.key, deletedAt: event.time };
}
