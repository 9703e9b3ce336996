import { FyrestreamError, type Reason } from '@fyrestream/events';
import type { Stack } from '../stack/stack.ts';
import type { Terminal } from '../terminal.ts';

/** A dead letter lives that long from when it was first sent, and failed only afterwards. */
const deadLetterLifeMilliseconds = 14 * 86_400_000;

/**
 * Why messages failed, by their ids, as the poller's log tells. Where it may not be read that is said in one note: messages
 * can be requeued without knowing.
 */
export async function findReasons(
  { failureLog }: Pick<Stack, 'failureLog'>,
  { note }: Pick<Terminal, 'note'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Reason>> {
  try {
    return await failureLog.readReasons(new Date(Date.now() - deadLetterLifeMilliseconds), signal);
  } catch (error) {
    if (!(error instanceof FyrestreamError && error.code === 'log-unreadable')) throw error;
    note(`reasons are unknown: ${error.message}`);
    return new Map();
  }
}
