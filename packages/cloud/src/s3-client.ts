import { S3Client } from '@aws-sdk/client-s3';
import { type Connection, clientConfiguration } from './connection.ts';

const hashHeader = 'x-amz-content-sha256';

/**
 * A client that signs requests without the SHA-256 of their bodies, as other AWS SDKs do: TLS protects a body on its way, and S3
 * compares it with the CRC32 that is sent and signed. Hashing each body twice more, here and in a local cloud, took a tenth of the CPU
 * time of both.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function createS3Client(connection: Connection): S3Client {
  const client = new S3Client({
    ...clientConfiguration(connection, 's3'),
    // Another bucket may be in another region.
    followRegionRedirects: true,
  });
  client.middlewareStack.add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      if (headers['x-amz-checksum-crc32'] !== undefined) headers[hashHeader] ??= 'UNSIGNED-PAYLOAD';
      return next(args);
    },
    // After the SDK has added the checksum, before it signs.
    { step: 'build', priority: 'low', name: 'unsignedPayload' },
  );
  return client;
}
