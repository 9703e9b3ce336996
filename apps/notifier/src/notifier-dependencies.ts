import type { Clock, DeliveryQueue, EndpointStates, Logger } from '@fyrestream/cloud';
import type { Webhooks } from '@fyrestream/events';
import type { SigningKeys } from './create-signing-keys.ts';
import type { Poster } from './http/create-poster.ts';

export interface NotifierDependencies {
  readonly webhooks: Webhooks;
  readonly queue: DeliveryQueue;
  readonly states: EndpointStates;
  readonly keys: SigningKeys;
  readonly post: Poster;
  /** Between the attempts of a delivery. The queue gives up after one more attempt. */
  readonly retryDelaysSeconds: readonly number[];
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Logger;
}
