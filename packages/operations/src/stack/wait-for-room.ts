import { setTimeout as sleep } from 'node:timers/promises';
import type { StackQueue } from './stack.ts';

const waitMilliseconds = 2_000;

/** Waits until few messages wait in a queue, so that those of somebody else are not behind thousands. */
export async function waitForRoom(
  { messages }: Pick<StackQueue, 'messages'>,
  maxWaiting: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    if ((await messages.depth()).waiting < maxWaiting) return;
    await sleep(waitMilliseconds, undefined, { signal });
  }
}
