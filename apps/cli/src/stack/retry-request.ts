import type { Stack } from '@fyrestream/operations';
import pRetry from 'p-retry';

/** A local cloud restarts within seconds, but a person may have to notice first that it stopped. */
const maxRetryMilliseconds = 120_000;
const pauseMilliseconds = 1_000;

/**
 * Repeats a request to a stack while the connection is lost, each time at the current address of the stack: a local cloud
 * that is restarted may listen on another port, and continues its work.
 * @throws every other error of the request at once; a lost connection after two minutes without an answer
 */
export function retryRequest(
  stack: Stack,
  { onLost, signal }: { onLost: () => void; signal: AbortSignal },
): <Answer>(request: (stack: Stack) => Promise<Answer>) => Promise<Answer> {
  let current = stack;
  return (request) =>
    pRetry(
      async (attemptNumber) => {
        if (attemptNumber > 1) current = (await current.reopen()) ?? current;
        return request(current);
      },
      {
        retries: Number.POSITIVE_INFINITY,
        factor: 1,
        minTimeout: pauseMilliseconds,
        maxRetryTime: maxRetryMilliseconds,
        signal,
        onFailedAttempt: ({ error }) => {
          if (isConnectionLost(error)) onLost();
        },
        shouldRetry: ({ error }) => isConnectionLost(error),
      },
    );
}

const lostCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** True where nothing answers, or a server that is shutting down. */
function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && lostCodes.has(String(error.code))) return true;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return error.name === 'TimeoutError' || (status !== undefined && status >= 500);
}
