import { setTimeout as sleep } from 'node:timers/promises';

const delayMilliseconds = 250;
/** Much longer than a planned downtime of the cloud. */
const maxDurationMilliseconds = 5 * 60_000;

/** Calls again while the cloud is down. @throws the first error that a retry cannot fix */
export async function retry<Value>(call: () => Promise<Value>): Promise<Value> {
  const deadline = Date.now() + maxDurationMilliseconds;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (isPermanent(error) || Date.now() > deadline) throw error;
      await sleep(delayMilliseconds);
    }
  }
}

function isPermanent(error: unknown): boolean {
  const { retryable, $metadata } = error as { retryable?: boolean; $metadata?: { httpStatusCode?: number } };
  if (retryable !== undefined) return !retryable;
  const status = $metadata?.httpStatusCode ?? 0;
  return error instanceof TypeError || (status >= 400 && status < 500);
}
