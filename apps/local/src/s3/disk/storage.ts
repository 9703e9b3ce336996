import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyObjectIndex, findVersion } from '../core/object-index.ts';
import { nextSequence } from '../core/version-identity.ts';
import type { GatewayLog } from '../gateway-log.ts';
import type { Bucket, BucketConfiguration } from './bucket.ts';
import { bucketLayout } from './bucket-layout.ts';
import { type ContentPins, createContentPins } from './content-pins.ts';
import { randomToken, syncDirectory, writeDurably } from './durable-file.ts';
import { createKeyedLock, type KeyedLock } from './keyed-lock.ts';
import { loadBucket } from './load-bucket.ts';
import { createOutbox, type DeliverNotification, type Outbox, type OwedMessage } from './outbox.ts';

export interface Storage {
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly createBucket: (name: string) => Promise<void>;
  /** The caller has checked that it is empty. */
  readonly deleteBucket: (bucket: Bucket) => Promise<void>;
  readonly configureBucket: (bucket: Bucket, change: Partial<BucketConfiguration>) => Promise<void>;
  /** Allots the next sequence number: greater than every one before, also across restarts. */
  readonly allotSequence: () => number;
  readonly nowMillis: () => number;
  /** One change of one key (`bucket/key`) or upload at a time. */
  readonly lock: KeyedLock;
  readonly pins: ContentPins;
  readonly outbox: Outbox;
  readonly close: () => Promise<void>;
}

export interface StorageDependencies {
  readonly dataDirectory: string;
  readonly deliverNotification: DeliverNotification;
  readonly nowMillis: () => number;
  readonly log: GatewayLog;
}

/** Opens (or creates) the data directory, sweeps it and takes up notifications that are still owed. */
export async function openStorage(dependencies: StorageDependencies): Promise<Storage> {
  const { dataDirectory, deliverNotification, nowMillis, log } = dependencies;
  const bucketsDirectory = join(dataDirectory, 'buckets');
  const trash = join(dataDirectory, 'trash');
  await rm(trash, { recursive: true, force: true });
  for (const path of [bucketsDirectory, trash]) await mkdir(path, { recursive: true });

  const buckets = new Map<string, Bucket>();
  for (const name of (await readdir(bucketsDirectory)).sort()) {
    const bucket = await loadBucket(bucketsDirectory, name, log);
    if (bucket !== undefined) buckets.set(name, bucket);
  }
  let lastSequence = maxSequence(buckets.values());
  const outbox = createOutbox(join(dataDirectory, 'outbox'), deliverNotification, log);
  await outbox.recover((message) => hasHappened(buckets.get(message.bucket), message));

  return {
    buckets,
    createBucket,
    deleteBucket,
    configureBucket,
    allotSequence: () => {
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
    const grave = join(trash, randomToken());
    await rename(bucket.layout.directory, grave);
    await rm(grave, { recursive: true, force: true });
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

/** Whether the change that a message tells of is there to see. */
function hasHappened(bucket: Bucket | undefined, message: OwedMessage): boolean {
  const version = bucket && findVersion(bucket.index, message.key, message.versionId);
  const isThere = version?.sequence === message.sequence;
  return message.change === 'write' ? isThere : !isThere;
}
