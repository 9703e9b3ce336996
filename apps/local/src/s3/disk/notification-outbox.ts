import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayLog } from '../gateway-log.ts';
import { writeDurably } from './durable-file.ts';
import { type RecordDamage, readStoredRecord, requireNoDamage } from './stored-record.ts';

/** A message to one queue about one change of one object, which is not delivered yet. */
export interface PendingNotification {
  readonly queueArn: string;
  readonly body: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** Sequence number of the version that was written or removed. */
  readonly sequence: number;
  /** Sequence number of the change; messages are delivered in this order. */
  readonly order: number;
  readonly change: 'write' | 'remove';
}

interface Entry extends PendingNotification {
  readonly file: string;
  /** The change has certainly happened, even where later changes hide it. */
  readonly confirmed: boolean;
}

export type DeliverNotification = (queueArn: string, body: string) => Promise<void>;

/**
 * Stores notifications so that a crash does not lose them. A message is stored before its change; after a crash the state of
 * the object shows whether the change happened, and the message is sent or dropped.
 * Delivery is at least once and, per queue, in order.
 */
export interface NotificationOutbox {
  /** Stores messages. Call it before the change. */
  readonly prepare: (messages: readonly PendingNotification[]) => Promise<PreparedNotifications>;
  /** Call it before another change of the same key, which could hide that the earlier change happened. */
  readonly confirm: (bucket: string, key: string) => Promise<void>;
  /** Continues with the messages of an earlier process. @throws LocalError `objects-damaged` where one cannot be read */
  readonly recover: (hasHappened: (message: PendingNotification) => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface PreparedNotifications {
  readonly send: () => void;
  readonly discard: () => Promise<void>;
}

const firstRetryMillis = 100;
const maxRetryMillis = 5000;

export function createNotificationOutbox(
  directory: string,
  deliver: DeliverNotification,
  log: GatewayLog,
): NotificationOutbox {
  const messagesDirectory = join(directory, 'messages');
  const incoming = join(directory, 'incoming');
  const pending = new Map<string, Entry>();
  const queues = new Map<string, Promise<void>>();
  const closing = new AbortController();

  return { prepare, confirm, recover, close };

  async function prepare(messages: readonly PendingNotification[]): Promise<PreparedNotifications> {
    const entries = messages.map((message, index): Entry => {
      const file = `${String(message.order).padStart(17, '0')}-${index}.json`;
      return { ...message, file, confirmed: false };
    });
    for (const entry of entries) {
      await write(entry);
      pending.set(entry.file, entry);
    }
    return {
      send: () => {
        for (const entry of entries) enqueue(entry);
      },
      discard: async () => {
        for (const entry of entries) await discardEntry(entry);
      },
    };
  }

  async function confirm(bucket: string, key: string) {
    for (const entry of pending.values()) {
      if (entry.bucket !== bucket || entry.key !== key || entry.confirmed) continue;
      const confirmed = { ...entry, confirmed: true };
      await write(confirmed);
      // A delivery that ended meanwhile has removed the entry; it must not be stored again.
      if (pending.has(entry.file)) pending.set(entry.file, confirmed);
      else await discardEntry(entry);
    }
  }

  async function recover(hasHappened: (message: PendingNotification) => boolean) {
    await rm(incoming, { recursive: true, force: true });
    for (const path of [messagesDirectory, incoming]) await mkdir(path, { recursive: true });
    const damage: RecordDamage = [];
    const entries: Entry[] = [];
    for (const file of (await readdir(messagesDirectory)).sort()) {
      const isEntry = (found: Partial<Entry>) => (found.file === file ? undefined : 'is not complete');
      const entry = await readStoredRecord<Entry>(join(messagesDirectory, file), isEntry, damage);
      if (entry !== undefined) entries.push(entry);
    }
    requireNoDamage(directory, damage);
    for (const entry of entries) {
      pending.set(entry.file, entry);
      if (entry.confirmed || hasHappened(entry)) enqueue(entry);
      else await discardEntry(entry);
    }
  }

  async function close() {
    closing.abort();
    await Promise.all(queues.values());
  }

  async function write(entry: Entry) {
    await writeDurably(entry.file, messagesDirectory, incoming, JSON.stringify(entry));
  }

  async function discardEntry(entry: Entry) {
    pending.delete(entry.file);
    await rm(join(messagesDirectory, entry.file), { force: true });
  }

  function enqueue(entry: Entry) {
    const before = queues.get(entry.queueArn) ?? Promise.resolve();
    const tail = before.then(() => deliverUntilDone(entry));
    queues.set(entry.queueArn, tail);
    void tail.then(() => {
      if (queues.get(entry.queueArn) === tail) queues.delete(entry.queueArn);
    });
  }

  async function deliverUntilDone(entry: Entry) {
    const { queueArn, bucket, key } = entry;
    for (let delayMillis = firstRetryMillis; !closing.signal.aborted; ) {
      try {
        await deliver(queueArn, entry.body);
        await discardEntry(entry);
        return;
      } catch (error) {
        log.warn({ error, queueArn, bucket, key, delayMillis }, 'notification delivery failed, retrying');
      }
      await wait(delayMillis, undefined, { signal: closing.signal }).catch(() => {});
      delayMillis = Math.min(delayMillis * 2, maxRetryMillis);
    }
  }
}
