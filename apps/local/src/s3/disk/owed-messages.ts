import { notificationMessage } from '../core/notification-message.ts';
import { type EventName, matchingRules } from '../core/notification-rule.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import type { Bucket } from './bucket.ts';
import type { OwedMessage, PreparedMessages } from './outbox.ts';
import type { Storage } from './storage.ts';

/** Who changes an object, as the notification tells it. */
export interface ChangeOrigin {
  readonly region: string;
  readonly principalId: string;
  readonly sourceIpAddress: string;
  readonly requestId: string;
}

export interface VersionChange {
  readonly change: OwedMessage['change'];
  readonly event: EventName;
  readonly version: ObjectVersion;
  readonly origin: ChangeOrigin;
}

/** Stores what will be owed once the change has happened, and secures what earlier changes of the key owe. */
export async function prepareMessages(
  storage: Storage,
  bucket: Bucket,
  { change, event, version, origin }: VersionChange,
): Promise<PreparedMessages> {
  const { name, notificationRules } = bucket.configuration;
  const { key, versionId, sequence } = version;
  await storage.outbox.confirm(name, key);
  const reported = change === 'remove' ? { ...version, sequence: storage.allotSequence() } : version;
  const eventMillis = storage.nowMillis();
  const messages = matchingRules(notificationRules, event, key).map((rule): OwedMessage => {
    const facts = {
      ...origin,
      event,
      bucket: name,
      configurationId: rule.id,
      version: reported,
      eventMillis,
    };
    const body = notificationMessage(facts);
    const order = reported.sequence;
    return { queueArn: rule.queueArn, body, bucket: name, key, versionId, sequence, change, order };
  });
  return storage.outbox.prepare(messages);
}
