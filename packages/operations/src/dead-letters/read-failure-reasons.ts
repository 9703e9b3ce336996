import { FyrestreamError, type Reason } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';

/** Retention of a dead letter, counted from when the message was first sent; it failed after that. */
const deadLetterRetentionMilliseconds = 14 * 86_400_000;

/**
 * Reads from the log of the poller or the notifier why messages failed, by message id. Where the log cannot be read, reports one note:
 * messages can be requeued without their reasons.
 */
export async function readFailureReasons(
  { failureLog }: Pick<Stack, 'failureLog'>,
  note: (line: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Reason>> {
  try {
    return await failureLog.readReasons(new Date(Date.now() - deadLetterRetentionMilliseconds), signal);
  } catch (error) {
    if (!(error instanceof FyrestreamError && error.code === 'log-unreadable')) throw error;
    note(`reasons are unknown: ${error.message}`);
    return new Map();
  }
}
