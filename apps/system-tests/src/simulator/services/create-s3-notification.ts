interface CreatedObject {
  readonly versionId: string | null;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly sequencer: string;
  readonly at: string;
}

/** The body of the notification that S3 sends for a new object. */
export function createS3Notification(address: { bucket: string; key: string }, facts: CreatedObject): string {
  const { versionId, etag, sizeBytes, sequencer, at } = facts;
  return JSON.stringify({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        eventTime: at,
        s3: {
          bucket: { name: address.bucket },
          object: { key: encodeURIComponent(address.key), size: sizeBytes, eTag: etag, versionId, sequencer },
        },
      },
    ],
  });
}
