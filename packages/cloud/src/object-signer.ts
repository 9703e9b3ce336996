import { GetObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type Connection, clientConfiguration } from './connection.ts';
import type { MultipartAddress } from './multipart-uploads.ts';
import type { ObjectAddress } from './object-address.ts';

export type ObjectSigner = ReturnType<typeof createObjectSigner>;

/**
 * Signs URLs that others use without credentials, with the permissions of the signer; a URL ends with the signer's credentials
 * at the latest.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
export function createObjectSigner(connection: Connection) {
  const client = new S3Client({
    ...clientConfiguration(connection, 's3'),
    // Otherwise the SDK signs the checksum of an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  return {
    /** A URL that a part can be sent to by PUT, with any body. */
    partUrl: (
      { bucket, key, uploadId }: MultipartAddress,
      partNumber: number,
      expiresInSeconds: number,
    ): Promise<string> =>
      getSignedUrl(
        client,
        new UploadPartCommand({ Bucket: bucket, Key: key, UploadId: uploadId, PartNumber: partNumber }),
        { expiresIn: expiresInSeconds },
      ),

    /** A URL that an object can be read from by GET. */
    readUrl: ({ bucket, key }: ObjectAddress, expiresInSeconds: number): Promise<string> =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), {
        expiresIn: expiresInSeconds,
      }),
  };
}
