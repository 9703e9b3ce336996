import { setTimeout as sleep } from 'node:timers/promises';

const betweenTriesMilliseconds = 250;
/** Longer than the cloud is ever away on purpose. */
const patienceMilliseconds = 5 * 60_000;

/** Calls again until the cloud is there to answer; an answer that blames the caller is thrown. */
export async function retry<Value>(call: () => Promise<Value>): Promise<Value> {
  const deadline = Date.now() + patienceMilliseconds;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (isRefusal(error) || Date.now() > deadline) throw error;
      await sleep(betweenTriesMilliseconds);
    }
  }
}

function isRefusal(error: unknown): boolean {
  const { retryable, $metadata } = error as { retryable?: boolean; $metadata?: { httpStatusCode?: number } };
  if (retryable !== undefined) return !retryable;
  const status = $metadata?.httpStatusCode ?? 0;
  return error instanceof TypeError || (status >= 400 && status < 500);
}
