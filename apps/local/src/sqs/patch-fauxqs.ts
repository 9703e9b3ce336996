import type { PersistenceManager, SqsQueue } from './fauxqs-modules.ts';

/**
 * fauxqs 2.4.1 marks a message that is released at once with an UPDATE that its own schema refuses: the call fails, and
 * the message is in no list until the next start.
 */
export function patchRelease(persistence: PersistenceManager): void {
  const release = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => {
    release.run(messageId);
  };
}

/**
 * On its way to the dead-letter queue a message is deleted in one statement and inserted in the next: a crash between
 * the two loses it. Inside a transaction it is in one queue or the other.
 */
export function patchRedrive(queue: SqsQueue, persistence: PersistenceManager): void {
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...given) => {
    let received: unknown;
    persistence.transaction(() => {
      received = dequeue(...given);
    });
    return received;
  };
}
