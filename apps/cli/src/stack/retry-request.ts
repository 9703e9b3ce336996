import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from './stack.ts';

/** A local cloud is started again within seconds; somebody may need to find out first. */
const patienceSeconds = 120;
const pauseMilliseconds = 1_000;

/**
 * Asks a stack, and asks again, at the address that it has then, while it is not there: a local cloud that is stopped and
 * started again listens on another port and goes on where it was.
 * @throws what the question throws, the loss of the connection only after two minutes without an answer
 */
export function retryRequest(
  stack: Stack,
  { onLost, signal }: { onLost: () => void; signal: AbortSignal },
): <Answer>(question: (stack: Stack) => Promise<Answer>) => Promise<Answer> {
  let standing = stack;
  return async (question) => {
    const givesUpAt = performance.now() + patienceSeconds * 1_000;
    for (;;) {
      signal.throwIfAborted();
      try {
        return await question(standing);
      } catch (error) {
        if (!isLost(error) || performance.now() > givesUpAt) throw error;
        onLost();
        await sleep(pauseMilliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
        standing = (await standing.reopen()) ?? standing;
      }
    }
  };
}

const lostCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** Nobody answered, or somebody who is about to end. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && lostCodes.has(String(error.code))) return true;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return error.name === 'TimeoutError' || (status !== undefined && status >= 500);
}
