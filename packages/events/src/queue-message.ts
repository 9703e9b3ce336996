import { z } from 'zod';
import { FyrestreamError } from './fyrestream-error.ts';
import { controlMessageSchema, type InvokerMessage } from './invoker-message.ts';
import { ignoredObjectKind } from './object-key.ts';
import {
  type DeletedSource,
  deletionOfEventBridge,
  deletionsOfNotification,
  s3EventBridgeSchema,
  s3NotificationSchema,
  s3TestEventSchema,
  uploadOfEventBridge,
  uploadsOfNotification,
} from './s3-notification.ts';
import { stoppedTaskOf, taskStateChangeSchema } from './task-stopped.ts';
import type { Upload } from './upload.ts';

/** A parsed message: what the invoker is asked to do, and what was ignored. */
export interface ParsedQueueMessage {
  readonly requests: InvokerMessage[];
  /** Why a part of it was ignored, for the log. */
  readonly ignored: string[];
}

/** SNS puts the message as a string into its own envelope. */
const snsEnvelopeSchema = z.object({ Type: z.literal('Notification'), Message: z.string() });

/**
 * Parses the body of a message from the upload queue or the control queue.
 * @throws FyrestreamError `malformed-message` for anything unknown, so that it goes to the dead-letter queue
 */
export function parseQueueMessage(body: string): ParsedQueueMessage {
  const message = parseJson(body);
  const sns = snsEnvelopeSchema.safeParse(message);
  return readMessage(sns.success ? parseJson(sns.data.Message) : message);
}

function readMessage(message: unknown): ParsedQueueMessage {
  const notification = s3NotificationSchema.safeParse(message);
  if (notification.success) {
    return forChanges(uploadsOfNotification(notification.data), deletionsOfNotification(notification.data));
  }
  if (s3TestEventSchema.safeParse(message).success) return { requests: [], ignored: ['s3:TestEvent'] };
  const bridged = s3EventBridgeSchema.safeParse(message);
  if (bridged.success) {
    const [upload, deletion] = [uploadOfEventBridge(bridged.data), deletionOfEventBridge(bridged.data)];
    return forChanges(upload === null ? [] : [upload], deletion === null ? [] : [deletion]);
  }
  const change = taskStateChangeSchema.safeParse(message);
  if (change.success) {
    if (change.data.detail.lastStatus !== 'STOPPED') return { requests: [], ignored: ['task-not-stopped'] };
    return { requests: [{ kind: 'task-stopped', task: stoppedTaskOf(change.data) }], ignored: [] };
  }
  const control = controlMessageSchema.safeParse(message);
  if (control.success) return { requests: [control.data], ignored: [] };
  throw new FyrestreamError({
    code: 'malformed-message',
    message: `The message is neither an S3 notification, a task state change nor a control message: ${describe(message, notification.error)}`,
    retryable: false,
  });
}

function forChanges(uploads: Upload[], deletions: DeletedSource[]): ParsedQueueMessage {
  const requests: InvokerMessage[] = [];
  const ignored: string[] = [];
  for (const upload of uploads) {
    const why = ignoredObjectKind(upload.key, upload.sizeBytes);
    if (why === null) requests.push({ kind: 'upload-received', upload });
    else ignored.push(why);
  }
  for (const source of deletions) {
    // A deletion has no size.
    const why = ignoredObjectKind(source.key, 0);
    if (why === null) requests.push({ kind: 'source-deleted', source });
    else ignored.push(why);
  }
  return { requests, ignored: uploads.length + deletions.length === 0 ? ['no-object-created'] : ignored };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FyrestreamError({
      code: 'malformed-message',
      message: `The message is not JSON: ${JSON.stringify(text.slice(0, 80))}`,
      retryable: false,
      cause,
    });
  }
}

/**
 * A message with records is meant as a notification: the error says what is wrong with it. For others it names the
 * fields.
 */
function describe(message: unknown, error: z.ZodError): string {
  if (typeof message !== 'object' || message === null) return `it is ${JSON.stringify(message)}.`;
  if ('Records' in message) return z.prettifyError(error);
  return `its fields are ${Object.keys(message).slice(0, 10).join(', ') || 'none'}.`;
}
