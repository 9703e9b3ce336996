import type { EndpointAddress } from '@fyrestream/cloud';
import { FyrestreamError, reasonFrom, type WebhookDelivery } from '@fyrestream/events';
import type { NotifierDependencies } from './notifier-dependencies.ts';
import { signWebhook } from './sign-webhook.ts';

/**
 * One attempt of a delivery. What an endpoint does not get becomes a dead letter at once if the endpoint is disabled.
 * @throws FyrestreamError why the attempt failed, if there is another one
 */
export async function deliver(
  dependencies: NotifierDependencies,
  delivery: WebhookDelivery,
  isLastAttempt: boolean,
): Promise<void> {
  const { webhooks, states, log } = dependencies;
  const { endpoint: name, event } = delivery;
  const url = Object.hasOwn(webhooks, name) ? webhooks[name]?.url : undefined;
  if (url === undefined) {
    log.warn({ endpoint: name, eventId: event.eventId }, 'endpoint-unknown');
    return;
  }
  const endpoint = { name, url };
  const state = await states.read(endpoint);
  if (state?.disabledAt !== undefined) {
    await giveUp(dependencies, delivery, disabled(name, state.lastFailure.reason.message));
    return;
  }
  try {
    await attempt(dependencies, endpoint, delivery);
  } catch (error) {
    await recordFailure(dependencies, { endpoint, delivery, error, isLastAttempt });
    return;
  }
  if (state !== null) {
    // The receiver has the event: a failure to note that must not send it again. The next success notes it.
    await states
      .clear(endpoint)
      .catch((error) => log.warn({ endpoint: name, reason: reasonFrom(error) }, 'state-not-cleared'));
  }
  log.info({ endpoint: name, eventId: event.eventId }, 'delivered');
}

/** @throws FyrestreamError if the receiver did not take the event */
async function attempt(
  { keys, post, clock }: NotifierDependencies,
  { name, url }: EndpointAddress,
  { event }: WebhookDelivery,
): Promise<void> {
  const body = JSON.stringify(event);
  const timestampSeconds = Math.floor(Date.parse(clock()) / 1_000);
  const headers = signWebhook({ id: event.eventId, timestampSeconds, body }, await keys.of(name));
  const status = await post({ url, headers, body });
  if (status >= 200 && status < 300) return;
  keys.forget(name);
  throw new FyrestreamError({
    code: status === goneStatus ? goneCode : 'webhook-refused',
    message: `${new URL(url).host} answered ${status}.`,
    retryable: status !== goneStatus,
  });
}

/** The receiver wants no more events. @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#disabling-endpoints */
const goneStatus = 410;
const goneCode = 'webhook-gone';

interface FailedAttempt {
  readonly endpoint: EndpointAddress;
  readonly delivery: WebhookDelivery;
  readonly error: unknown;
  readonly isLastAttempt: boolean;
}

/** Disables an endpoint that is gone, or that has taken nothing during all attempts of this delivery. */
async function recordFailure(
  dependencies: NotifierDependencies,
  { endpoint, delivery, error, isLastAttempt }: FailedAttempt,
): Promise<void> {
  const { states, retryDelaysSeconds, clock, log } = dependencies;
  const failure = { at: clock(), reason: reasonFrom(error) };
  if (failure.reason.code === goneCode) {
    await states.disable(endpoint, failure);
    log.error({ endpoint: endpoint.name, reason: failure.reason }, 'endpoint-disabled');
    await giveUp(dependencies, delivery, error);
    return;
  }
  const { failingSince } = await states.recordFailure(endpoint, failure);
  const allDelays = retryDelaysSeconds.reduce((sum, delay) => sum + delay, 0);
  const failingSeconds = (Date.parse(failure.at) - Date.parse(failingSince)) / 1_000;
  if (isLastAttempt && failingSeconds >= allDelays) {
    await states.disable(endpoint, failure);
    log.error({ endpoint: endpoint.name, reason: failure.reason, failingSince }, 'endpoint-disabled');
  }
  throw error;
}

/** The log has the reason under the id of the dead letter, as for messages that SQS moves. */
async function giveUp({ queue, log }: NotifierDependencies, delivery: WebhookDelivery, error: unknown) {
  const messageId = await queue.sendDeadLetter(delivery);
  log.error(
    { messageId, endpoint: delivery.endpoint, eventId: delivery.event.eventId, reason: reasonFrom(error) },
    'message-failed',
  );
}

function disabled(name: string, why: string): FyrestreamError {
  return new FyrestreamError({
    code: 'webhook-disabled',
    message: `The webhook ${name} is disabled: ${why} \`fyrestream redrive --webhooks\` enables it and sends its events again.`,
    retryable: false,
  });
}
