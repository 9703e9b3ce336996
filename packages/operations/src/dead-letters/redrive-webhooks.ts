import type { QueuedMessage } from '@fyrestream/cloud';
import type { StackWebhooks } from '../stack/stack.ts';
import { redriveQueue } from './redrive-queue.ts';

/**
 * Enables all endpoints and sends every event that they did not take again.
 * @param report called for each message after it was sent
 */
export async function redriveWebhooks(
  { endpoints, states, queue }: Pick<StackWebhooks, 'endpoints' | 'states' | 'queue'>,
  report: (message: QueuedMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const [name, { url }] of Object.entries(endpoints)) await states.clear({ name, url });
  // An event that a disabled endpoint does not get is stored as a new message.
  await redriveQueue(queue, report, signal, ({ body }) => body);
}
