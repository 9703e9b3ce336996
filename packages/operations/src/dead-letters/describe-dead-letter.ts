import type { QueuedMessage } from '@fyrestream/cloud';
import {
  type InvokerMessage,
  parseQueueMessage,
  parseWebhookMessage,
  type Reason,
  reasonFrom,
} from '@fyrestream/events';

/** A dead letter with its meaning and the reason of its failure. */
export interface DeadLetter {
  readonly messageId: string;
  readonly sentAt: string;
  /** What the message is about. */
  readonly about: string;
  /** Why it failed; null where neither the log nor the message shows it. */
  readonly reason: Reason | null;
}

const shownCharacters = 60;

/**
 * @param logged the reason from the log; null where it has none
 * @param describe what the body of a message of that queue is about; it throws where it is malformed
 */
export function describeDeadLetter(
  message: QueuedMessage,
  logged: Reason | null,
  describe: (body: string) => string = describeQueueMessage,
): DeadLetter {
  const { messageId, sentAt, body } = message;
  try {
    return { messageId, sentAt, about: describe(body), reason: logged };
  } catch (error) {
    const about = `not understood: ${JSON.stringify(body.slice(0, shownCharacters))}`;
    return { messageId, sentAt, about, reason: logged ?? reasonFrom(error) };
  }
}

/** @throws FyrestreamError `malformed-message` */
export function describeWebhookMessage(body: string): string {
  const message = parseWebhookMessage(body);
  const about = `${message.event.kind} ${message.event.eventId}`;
  return message.kind === 'delivery' ? `${about} for the webhook ${message.endpoint}` : about;
}

function describeQueueMessage(body: string): string {
  const { requests, ignored } = parseQueueMessage(body);
  return requests.map(describeRequest).join(', ') || ignored.join(', ');
}

function describeRequest(request: InvokerMessage): string {
  switch (request.kind) {
    case 'upload-received':
      return `upload of ${request.upload.key}`;
    case 'remake-requested':
      return `remake of ${request.upload.key}`;
    case 'source-deleted':
      return `deletion of ${request.source.key}`;
    case 'task-stopped':
      return `end of task ${request.task.taskArn}`;
    case 'job-due':
      return `job ${request.jobId} is due`;
    case 'sweep-requested':
      return 'sweep';
  }
}
