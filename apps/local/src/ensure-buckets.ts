import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { arn, region } from './arn.ts';
import type { AccessKey } from './iam/access-keys.ts';
import { LocalError } from './local-error.ts';
import type { Topology } from './topology.ts';

export interface EnsureBucketsOptions {
  readonly s3Url: string;
  readonly key: AccessKey;
  readonly topology: Topology;
  readonly nowMilliseconds: () => number;
}

/**
 * Creates the buckets as the Pulumi program does: two buckets, versioning of uploads, the notification to the queue, and CORS
 * for players and uploads in a browser. Existing buckets stay. The notification is configured only once, because S3 sends a
 * test event each time.
 */
export async function ensureBuckets(options: EnsureBucketsOptions): Promise<void> {
  const { videosBucket, transcodedBucket, queues, deleteAfterSourceDays } = options.topology;
  const s3 = (method: string, path: string, body = '') => call(options, method, path, body);
  for (const bucket of [videosBucket, transcodedBucket]) {
    if ((await s3('HEAD', bucket)).status === 404) await s3('PUT', bucket);
    await s3('PUT', `${bucket}?cors`, corsConfiguration);
  }
  await s3('PUT', `${videosBucket}?versioning`, versioningConfiguration);
  const queueArn = arn.queue(queues.uploads.name);
  const notification = await s3('GET', `${videosBucket}?notification`);
  const events = deleteAfterSourceDays === null ? [created] : [created, removed];
  const isConfigured = [`<Queue>${queueArn}</Queue>`, ...events].every((part) =>
    notification.body.includes(part),
  );
  if (isConfigured) return;
  await s3('PUT', `${videosBucket}?notification`, notificationConfiguration(queueArn, events));
}

async function call(
  { s3Url, key, nowMilliseconds }: EnsureBucketsOptions,
  method: string,
  path: string,
  body: string,
): Promise<{ status: number; body: string }> {
  const url = new URL(`${s3Url}/${path}`);
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: key,
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { protocol, hostname, pathname, searchParams } = url;
  const query = Object.fromEntries(searchParams);
  const { headers } = await signer.sign(
    { method, protocol, hostname, path: pathname, query, headers: { host: url.host }, body },
    { signingDate: new Date(nowMilliseconds()) },
  );
  const response = await fetch(url, { method, headers, ...(body !== '' && { body }) });
  const text = await response.text();
  if (response.ok || (method === 'HEAD' && response.status === 404))
    return { status: response.status, body: text };
  throw new LocalError({
    code: 'buckets-not-ready',
    message: `${method} ${path} failed with ${response.status}: ${text}`,
    retryable: false,
  });
}

const xmlns = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

const versioningConfiguration = `<VersioningConfiguration ${xmlns}><Status>Enabled</Status></VersioningConfiguration>`;

const corsConfiguration = `<CORSConfiguration ${xmlns}><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedMethod>POST</AllowedMethod><AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-amz-version-id</ExposeHeader><MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule></CORSConfiguration>`;

const created = '<Event>s3:ObjectCreated:*</Event>';
const removed = '<Event>s3:ObjectRemoved:*</Event>';

function notificationConfiguration(queueArn: string, events: readonly string[]): string {
  return `<NotificationConfiguration ${xmlns}><QueueConfiguration><Id>uploads</Id><Queue>${queueArn}</Queue>${events.join('')}<Filter><S3Key><FilterRule><Name>prefix</Name><Value>videos/</Value></FilterRule></S3Key></Filter></QueueConfiguration></NotificationConfiguration>`;
}
