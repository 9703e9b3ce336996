import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyObjectIndex, findVersion } from '../core/object-index.ts';
import { nextSequence } from '../core/version-id.ts';
import type { GatewayLog } from '../gateway-log.ts';
import type { Bucket, BucketConfiguration } from './bucket.ts';
import { bucketLayout } from './bucket-layout.ts';
import { type ContentPins, createContentPins } from './content-pins.ts';
import { randomToken, syncDirectory, writeDurably } from './durable-file.ts';
import { createKeyedLock, type KeyedLock } from './keyed-lock.ts';
import { loadBucket } from './load-bucket.ts';
import {
  createNotificationOutbox,
  type DeliverNotification,
  type NotificationOutbox,
  type PendingNotification,
} from './notification-outbox.ts';
import { type RecordDamage, requireNoDamage } from './stored-record.ts';

export interface Storage {
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly createBucket: (name: string) => Promise<void>;
  /** The caller has checked that it is empty. */
  readonly deleteBucket: (bucket: Bucket) => Promise<void>;
  readonly configureBucket: (bucket: Bucket, change: Partial<BucketConfiguration>) => Promise<void>;
  /** Returns the next sequence number, which is greater than all previous ones, also across restarts. */
  readonly takeSequence: () => number;
  readonly nowMillis: () => number;
  /** Allows one change at a time per key (`bucket/key`) and per upload. */
  readonly lock: KeyedLock;
  readonly pins: ContentPins;
  readonly outbox: NotificationOutbox;
  readonly close: () => Promise<void>;
}

export interface StorageDependencies {
  readonly dataDirectory: string;
  readonly deliverNotification: DeliverNotification;
  readonly nowMillis: () => number;
  readonly log: GatewayLog;
}

/**
 * Opens or creates the data directory, removes leftovers of a crash, and continues with pending notifications.
 * @throws LocalError `objects-damaged` where a record cannot be used; its folder stays as it is
 */
export async function openStorage(dependencies: StorageDependencies): Promise<Storage> {
  const { dataDirectory, deliverNotification, nowMillis, log } = dependencies;
  const bucketsDirectory = join(dataDirectory, 'buckets');
  const trash = join(dataDirectory, 'trash');
  await rm(trash, { recursive: true, force: true });
  for (const path of [bucketsDirectory, trash]) await mkdir(path, { recursive: true });

  const buckets = new Map<string, Bucket>();
  const damage: RecordDamage = [];
  for (const name of (await readdir(bucketsDirectory)).sort()) {
    const bucket = await loadBucket(bucketsDirectory, name, damage);
    if (bucket !== undefined) buckets.set(name, bucket);
  }
  requireNoDamage(dataDirectory, damage);
  let lastSequence = maxSequence(buckets.values());
  const outbox = createNotificationOutbox(join(dataDirectory, 'outbox'), deliverNotification, log);
  await outbox.recover((message) => hasHappened(buckets.get(message.bucket), message));

  return {
    buckets,
    createBucket,
    deleteBucket,
    configureBucket,
    takeSequence: () => {
      lastSequence = nextSequence(lastSequence, nowMillis());
      return lastSequence;
    },
    nowMillis,
    lock: createKeyedLock(),
    pins: createContentPins(),
    outbox,
    close: outbox.close,
  };

  async function createBucket(name: string) {
    const layout = bucketLayout(bucketsDirectory, name);
    for (const path of [layout.incoming, layout.objects, layout.uploads])
      await mkdir(path, { recursive: true });
    const configuration: BucketConfiguration = {
      formatVersion: 1,
      name,
      createdMillis: nowMillis(),
      versioning: 'unversioned',
      notificationRules: [],
      crossOriginRules: [],
    };
    const bucket: Bucket = {
      configuration,
      layout,
      index: emptyObjectIndex(),
      uploads: new Map(),
      conditionalWrites: new Set(),
    };
    await configureBucket(bucket, {});
    await syncDirectory(bucketsDirectory);
    buckets.set(name, bucket);
  }

  async function deleteBucket(bucket: Bucket) {
    buckets.delete(bucket.configuration.name);
    const removedDirectory = join(trash, randomToken());
    await rename(bucket.layout.directory, removedDirectory);
    await rm(removedDirectory, { recursive: true, force: true });
  }

  async function configureBucket(bucket: Bucket, change: Partial<BucketConfiguration>) {
    const configuration = { ...bucket.configuration, ...change };
    const { directory, incoming } = bucket.layout;
    await writeDurably('bucket.json', directory, incoming, JSON.stringify(configuration, undefined, 2));
    bucket.configuration = configuration;
  }
}

function maxSequence(buckets: Iterable<Bucket>): number {
  let max = 0;
  for (const { index } of buckets) {
    for (const versions of index.versions.values()) max = Math.max(max, versions[0]?.sequence ?? 0);
  }
  return max;
}

/** Whether the state of the bucket shows the change of a message. */
function hasHappened(bucket: Bucket | undefined, message: PendingNotification): boolean {
  const version = bucket && findVersion(bucket.index, message.key, message.versionId);
  const exists = version?.sequence === message.sequence;
  return message.change === 'write' ? exists : !exists;
}
