import type { PersistenceManager, SqsQueue } from './fauxqs-modules.ts';

/**
 * Fixes ChangeMessageVisibility with a timeout of 0: fauxqs 2.4.1 runs an UPDATE that its own schema refuses, so the call fails
 * and the message is in no list until the next start.
 */
export function patchVisibilityTimeout(persistence: PersistenceManager): void {
  const release = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = (messageId) => {
    release.run(messageId);
  };
}

/**
 * Fixes the move to the dead-letter queue: fauxqs deletes a message in one statement and inserts it in the next, and a crash
 * between the two loses it. In a transaction the message is always in one of the queues.
 */
export function patchDeadLetterMove(queue: SqsQueue, persistence: PersistenceManager): void {
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...given) => {
    let received: unknown;
    persistence.transaction(() => {
      received = dequeue(...given);
    });
    return received;
  };
}
