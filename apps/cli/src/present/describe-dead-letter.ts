import type { DeadLetter } from '../redrive/read-dead-letter.ts';
import type { Terminal } from '../terminal.ts';
import { formatTime } from './format-time.ts';

/** One line for a person. */
export function describeDeadLetter(
  { messageId, sentAt, about, reason }: DeadLetter,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const why =
    reason === null ? `see the poller's log for ${messageId}` : `${reason.message} (${reason.code})`;
  return `${formatTime(sentAt)}  ${messageId}  ${about}: ${terminal.colour('yellow', why.replaceAll(/\s+/g, ' '))}`;
}
