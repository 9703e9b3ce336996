import { FyrestreamError, maxWriteConflicts } from '@fyrestream/events';
import pRetry from 'p-retry';

/**
 * Repeats a read with a conditional write until no other writer comes in between. Without a delay: each attempt reads again,
 * and of several writers at least one succeeds.
 * @param attempt reads, decides and writes; throws what `isConflict` recognises where its condition failed
 * @throws FyrestreamError with `code` after `maxWriteConflicts` conflicts in a row; whatever else `attempt` throws
 */
export async function retryOnConflict<Result>(
  attempt: () => Promise<Result>,
  { isConflict, code, subject }: { isConflict(error: unknown): boolean; code: string; subject: string },
): Promise<Result> {
  try {
    return await pRetry(attempt, {
      retries: maxWriteConflicts - 1,
      minTimeout: 0,
      shouldRetry: ({ error }) => isConflict(error),
    });
  } catch (cause) {
    if (!isConflict(cause)) throw cause;
    const message = `${subject} was changed by others ${maxWriteConflicts} times in a row.`;
    throw new FyrestreamError({ code, message, retryable: true, cause });
  }
}
