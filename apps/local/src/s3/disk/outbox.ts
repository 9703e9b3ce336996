import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { GatewayLog } from '../gateway-log.ts';
import { writeDurably } from './durable-file.ts';

/** One message owed to one queue because of one change of one object. */
export interface OwedMessage {
  readonly queueArn: string;
  readonly body: string;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** Of the version that was written or removed. */
  readonly sequence: number;
  /** Of the change itself; messages are delivered by it. */
  readonly order: number;
  readonly change: 'write' | 'remove';
}

interface Entry extends OwedMessage {
  readonly file: string;
  /** The change is known to have happened, though later changes may have hidden it. */
  readonly confirmed: boolean;
}

export type DeliverNotification = (queueArn: string, body: string) => Promise<void>;

/**
 * Messages that must not be lost in a crash. They are stored before the change they tell of; after a
 * crash the object itself says whether the change happened, and the message is sent or dropped.
 * Delivery is at least once and, per queue, in order.
 */
export interface Outbox {
  /** Stores messages; call before the change. */
  readonly prepare: (messages: readonly OwedMessage[]) => Promise<PreparedMessages>;
  /** Call before another change of the same key could hide that the earlier one happened. */
  readonly confirm: (bucket: string, key: string) => Promise<void>;
  /** Takes up what an earlier process owed. */
  readonly recover: (hasHappened: (message: OwedMessage) => boolean) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface PreparedMessages {
  readonly send: () => void;
  readonly discard: () => Promise<void>;
}

const firstRetryMillis = 100;
const slowestRetryMillis = 5000;

export function createOutbox(directory: string, deliver: DeliverNotification, log: GatewayLog): Outbox {
  const messagesDirectory = join(directory, 'messages');
  const incoming = join(directory, 'incoming');
  const pending = new Map<string, Entry>();
  const queues = new Map<string, Promise<void>>();
  const closing = new AbortController();

  return { prepare, confirm, recover, close };

  async function prepare(messages: readonly OwedMessage[]): Promise<PreparedMessages> {
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
        for (const entry of entries) await forget(entry);
      },
    };
  }

  async function confirm(bucket: string, key: string) {
    for (const entry of pending.values()) {
      if (entry.bucket !== bucket || entry.key !== key || entry.confirmed) continue;
      const confirmed = { ...entry, confirmed: true };
      await write(confirmed);
      // A delivery that ended meanwhile has forgotten the entry; writing it must not revive it.
      if (pending.has(entry.file)) pending.set(entry.file, confirmed);
      else await forget(entry);
    }
  }

  async function recover(hasHappened: (message: OwedMessage) => boolean) {
    await rm(incoming, { recursive: true, force: true });
    for (const path of [messagesDirectory, incoming]) await mkdir(path, { recursive: true });
    for (const file of (await readdir(messagesDirectory)).sort()) {
      const entry = JSON.parse(await readFile(join(messagesDirectory, file), 'utf8')) as Entry;
      pending.set(file, entry);
      if (entry.confirmed || hasHappened(entry)) enqueue(entry);
      else await forget(entry);
    }
  }

  async function close() {
    closing.abort();
    await Promise.all(queues.values());
  }

  async function write(entry: Entry) {
    await writeDurably(entry.file, messagesDirectory, incoming, JSON.stringify(entry));
  }

  async function forget(entry: Entry) {
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
        await forget(entry);
        return;
      } catch (error) {
        log.warn({ error, queueArn, bucket, key, delayMillis }, 'notification not delivered, trying again');
      }
      await wait(delayMillis, undefined, { signal: closing.signal }).catch(() => {});
      delayMillis = Math.min(delayMillis * 2, slowestRetryMillis);
    }
  }
}
