import type { EndpointState } from '@fyrestream/cloud';
import type { StackWebhooks } from '../stack/stack.ts';
import { createFinding, type Finding } from './finding.ts';

/** Endpoints that fail or are disabled, and events that nobody took. */
export async function checkWebhooks({
  endpoints,
  states,
  queue,
}: Pick<StackWebhooks, 'endpoints' | 'states' | 'queue'>): Promise<Finding> {
  const named = Object.entries(endpoints);
  const [depth, dead, ...known] = await Promise.all([
    queue.messages.depth(),
    queue.deadLetters.depth(),
    ...named.map(([name, { url }]) => states.read({ name, url })),
  ]);
  const failing = named.flatMap(([name], index) => {
    const state = known[index] ?? null;
    return state === null ? [] : [describeState(name, state)];
  });
  const deadCount = dead.waiting + dead.underWay;
  const problems = [...failing, ...(deadCount === 0 ? [] : [`dead letters: ${deadCount}`])];
  const isOver = deadCount > 0 || known.some((state) => state?.disabledAt !== undefined);
  const remedy = isOver
    ? [
        'when they are repaired, `fyrestream redrive --webhooks` enables them and sends the dead letters again',
      ]
    : [];
  const names = named.map(([name]) => name).join(', ');
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
