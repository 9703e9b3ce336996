interface NotifiedObject {
  readonly versionId: string | null;
  readonly etag: string;
  readonly sizeBytes: number;
  readonly sequencer: string;
  readonly at: string;
}

/** The notification of S3 for an object that was created. */
export function notificationOf(address: { bucket: string; key: string }, facts: NotifiedObject): string {
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
