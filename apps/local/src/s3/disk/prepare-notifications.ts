import { notificationMessage } from '../core/notification-message.ts';
import { type EventName, matchingRules } from '../core/notification-rule.ts';
import type { ObjectVersion } from '../core/object-version.ts';
import type { Bucket } from './bucket.ts';
import type { PendingNotification, PreparedNotifications } from './notification-outbox.ts';
import type { Storage } from './storage.ts';

/** The origin of a change, as the notification contains it. */
export interface ChangeOrigin {
  readonly region: string;
  readonly principalId: string;
  readonly sourceIpAddress: string;
  readonly requestId: string;
}

export interface VersionChange {
  readonly change: PendingNotification['change'];
  readonly event: EventName;
  readonly version: ObjectVersion;
  readonly origin: ChangeOrigin;
}

/** Stores the notifications of a change before it happens, and confirms those of earlier changes of the key. */
export async function prepareNotifications(
  storage: Storage,
  bucket: Bucket,
  { change, event, version, origin }: VersionChange,
): Promise<PreparedNotifications> {
  const { name, notificationRules } = bucket.configuration;
  const { key, versionId, sequence } = version;
  await storage.outbox.confirm(name, key);
  const reported = change === 'remove' ? { ...version, sequence: storage.takeSequence() } : version;
  const eventMillis = storage.nowMillis();
  const messages = matchingRules(notificationRules, event, key).map((rule): PendingNotification => {
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
