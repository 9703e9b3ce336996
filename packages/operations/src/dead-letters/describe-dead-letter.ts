import type { QueuedMessage } from '@fyrestream/cloud';
import { type InvokerMessage, parseQueueMessage, type Reason, reasonFrom } from '@fyrestream/events';

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

/** @param logged the reason from the log; null where it has none */
export function describeDeadLetter(message: QueuedMessage, logged: Reason | null): DeadLetter {
  const { messageId, sentAt, body } = message;
  try {
    const { requests, ignored } = parseQueueMessage(body);
    const about = requests.map(describeRequest).join(', ') || ignored.join(', ');
    return { messageId, sentAt, about, reason: logged };
  } catch (error) {
    const about = `not understood: ${JSON.stringify(body.slice(0, shownCharacters))}`;
    return { messageId, sentAt, about, reason: logged ?? reasonFrom(error) };
  }
}

function describeRequest(request: InvokerMessage): string {
  switch (request.kind) {
    case 'upload-received':
      return `upload of ${request.upload.key}`;
    case 'task-stopped':
      return `end of task ${request.task.taskArn}`;
    case 'job-due':
      return `job ${request.jobId} is due`;
    case 'sweep-requested':
      return 'sweep';
  }
}
