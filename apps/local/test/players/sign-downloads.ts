import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { LocalConnection } from '../../src/local-connection.ts';

/** Presigned URLs, so that players can fetch the objects of a bucket without the SDK. */
export interface SignedDownloads {
  readonly urlOf: (key: string) => Promise<string>;
  readonly close: () => void;
}

export function signDownloads(connection: LocalConnection, bucket: string): SignedDownloads {
  const { s3Url, region, credentials } = connection;
  const s3 = new S3Client({ region, credentials, endpoint: s3Url, forcePathStyle: true });
  return {
    urlOf: (Key) => getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key })),
    close: () => s3.destroy(),
  };
}
