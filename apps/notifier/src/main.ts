import {
  createDeliveryQueue,
  createEndpointStates,
  createLogger,
  createSecretReader,
  notifierEnvironmentSchema,
  readEnvironment,
  systemClock,
} from '@fyrestream/cloud';
import { createSigningKeys } from './create-signing-keys.ts';
import { createNotifier } from './handler.ts';
import { createPoster } from './http/create-poster.ts';
import { isLoopbackAddress, isPublicAddress } from './http/is-public-address.ts';

const environment = readEnvironment(notifierEnvironmentSchema);
const isLoopbackAllowed = environment.FYRESTREAM_WEBHOOK_LOOPBACK;

/** All posts of a batch run at the same time: with this the function ends well before its own timeout. */
const postTimeoutMilliseconds = 15_000;

export const handler = createNotifier({
  webhooks: environment.FYRESTREAM_WEBHOOKS,
  queue: createDeliveryQueue(
    {},
    {
      queueUrl: environment.FYRESTREAM_WEBHOOK_QUEUE_URL,
      deadLetterQueueUrl: environment.FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL,
    },
  ),
  states: createEndpointStates({}, environment.FYRESTREAM_JOBS_TABLE),
  keys: createSigningKeys({
    secrets: createSecretReader({}),
    secretPrefix: environment.FYRESTREAM_WEBHOOK_SECRET_PREFIX,
    nowMilliseconds: Date.now,
  }),
  post: createPoster({
    isAllowed: (address) => isPublicAddress(address) || (isLoopbackAllowed && isLoopbackAddress(address)),
    timeoutMilliseconds: postTimeoutMilliseconds,
  }),
  retryDelaysSeconds: environment.FYRESTREAM_WEBHOOK_RETRY_DELAYS_SECONDS,
  clock: systemClock,
  random: Math.random,
  log: createLogger('fyrestream-notifier', environment.FYRESTREAM_LOG_LEVEL),
});
