import type { EndpointState } from '@fyrestream/cloud';
import type { WebhookEndpoint } from '@fyrestream/events';
import type { StackWebhooks } from '../stack/stack.ts';

/** An endpoint that gets job events, and what is wrong with it. */
export interface Endpoint {
  readonly name: string;
  /** Of its URL, whose path is a secret of some receivers. */
  readonly host: string;
  /** Null where it gets all kinds. */
  readonly kinds: NonNullable<WebhookEndpoint['kinds']> | null;
  readonly state: 'working' | 'failing' | 'disabled';
  /** Null where it works, or has got nothing yet. */
  readonly failure: EndpointState | null;
}

/** The endpoints of a stack in the order of its settings. */
export function listEndpoints({
  endpoints,
  states,
}: Pick<StackWebhooks, 'endpoints' | 'states'>): Promise<Endpoint[]> {
  return Promise.all(
    Object.entries(endpoints).map(async ([name, { url, kinds }]) => {
      const failure = await states.read({ name, url });
      return { name, host: new URL(url).host, kinds: kinds ?? null, state: stateOf(failure), failure };
    }),
  );
}

function stateOf(failure: EndpointState | null): Endpoint['state'] {
  if (failure === null) return 'working';
  return failure.disabledAt === undefined ? 'failing' : 'disabled';
}
