import { encodeFormKey } from './form-encoded-key.ts';
import type { EventName } from './notification-rule.ts';
import type { ObjectVersion } from './object-version.ts';
import { formatSequencer } from './version-id.ts';

export interface NotificationFacts {
  readonly event: EventName;
  readonly region: string;
  readonly bucket: string;
  readonly configurationId: string;
  readonly version: ObjectVersion;
  readonly eventMillis: number;
  readonly principalId: string;
  readonly sourceIpAddress: string;
  readonly requestId: string;
}

/**
 * The body of the queue message in the format of S3.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function notificationMessage(facts: NotificationFacts): string {
  const { version } = facts;
  const isRemoval = facts.event.startsWith('ObjectRemoved');
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: facts.region,
    eventTime: new Date(facts.eventMillis).toISOString(),
    eventName: facts.event,
    userIdentity: { principalId: facts.principalId },
    requestParameters: { sourceIPAddress: facts.sourceIpAddress },
    responseElements: { 'x-amz-request-id': facts.requestId, 'x-amz-id-2': facts.requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: facts.configurationId,
      bucket: {
        name: facts.bucket,
        ownerIdentity: { principalId: 'LOCALOWNER' },
        arn: `arn:aws:s3:::${facts.bucket}`,
      },
      object: {
        key: encodeFormKey(version.key),
        ...(isRemoval ? {} : { size: version.sizeBytes }),
        ...(facts.event === 'ObjectRemoved:Delete' ? {} : { eTag: version.eTag || emptyETag }),
        ...(version.versionId === 'null' ? {} : { versionId: version.versionId }),
        sequencer: formatSequencer(version.sequence),
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** The message that S3 sends to a queue once when a notification is configured. */
export function testEventMessage(facts: { bucket: string; nowMillis: number; requestId: string }): string {
  return JSON.stringify({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: new Date(facts.nowMillis).toISOString(),
    Bucket: facts.bucket,
    RequestId: facts.requestId,
    HostId: facts.requestId,
  });
}

/** Events about delete markers have the MD5 of empty content. */
const emptyETag = 'd41d8cd98f00b204e9800998ecf8427e';
