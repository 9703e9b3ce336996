import type { EndpointState } from '@fyrestream/cloud';
import type { StackWebhooks } from '../stack/stack.ts';
import { listEndpoints } from '../webhooks/list-endpoints.ts';
import { createFinding, type Finding } from './finding.ts';

/** Endpoints that fail or are disabled, and events that nobody took. */
export async function checkWebhooks(
  webhooks: Pick<StackWebhooks, 'endpoints' | 'states' | 'queue'>,
): Promise<Finding> {
  const { messages, deadLetters } = webhooks.queue;
  const [depth, dead, endpoints] = await Promise.all([
    messages.depth(),
    deadLetters.depth(),
    listEndpoints(webhooks),
  ]);
  const failing = endpoints.flatMap(({ name, failure }) =>
    failure === null ? [] : [describeState(name, failure)],
  );
  const deadCount = dead.waiting + dead.underWay;
  const problems = [...failing, ...(deadCount === 0 ? [] : [`dead letters: ${deadCount}`])];
  const isOver = deadCount > 0 || endpoints.some(({ state }) => state === 'disabled');
  const remedy = isOver
    ? [
        'when they are repaired, `fyrestream redrive --webhooks` enables them and sends the dead letters again',
      ]
    : [];
  const names = endpoints.map(({ name }) => name).join(', ');
  return createFinding(
    'webhooks',
    `${names}; ${depth.waiting} waiting, ${depth.underWay} under way or to be repeated`,
    problems.length === 0 ? null : [...problems, ...remedy].join('; '),
  );
}

function describeState(name: string, { failingSince, disabledAt, lastFailure }: EndpointState): string {
  const since = disabledAt === undefined ? `fails since ${failingSince}` : `is disabled since ${disabledAt}`;
  const { code, message } = lastFailure.reason;
  return `${name} ${since}: ${message.replace(/\.$/, '')} (${code})`;
}
