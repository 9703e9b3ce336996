import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll } from 'vitest';
import { openTestGateway, type TestGateway } from './s3-conformance/test-gateway.ts';
import { describeS3Conformance } from './s3-conformance.ts';

/*
 * Runs against the gateway, or against real S3:
 *   FYRESTREAM_S3_CONFORMANCE_BUCKET=a-versioned-bucket AWS_REGION=eu-central-1 \
 *     AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… vitest run --project integration test/s3-conformance
 * FYRESTREAM_S3_CONFORMANCE_ENDPOINT selects any other S3. The CORS rules of the bucket are replaced.
 */
const {
  FYRESTREAM_S3_CONFORMANCE_BUCKET: bucket,
  FYRESTREAM_S3_CONFORMANCE_ENDPOINT: endpoint,
  AWS_REGION: region = 'us-east-1',
  AWS_ACCESS_KEY_ID: accessKeyId = '',
  AWS_SECRET_ACCESS_KEY: secretAccessKey = '',
  AWS_SESSION_TOKEN: sessionToken,
} = process.env;

let gateway: TestGateway | undefined;
afterAll(() => gateway?.remove());

if (bucket !== undefined) {
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  describeS3Conformance(endpoint ?? 'AWS', async () => ({ endpoint, region, credentials, bucket }));
} else {
  describeS3Conformance('the local gateway', async () => {
    gateway = await openTestGateway();
    const target = { ...gateway.connection, bucket: 'conformance' };
    const client = new S3Client({ ...gateway.connection, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: target.bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: target.bucket, VersioningConfiguration }));
    client.destroy();
    return target;
  });
}
