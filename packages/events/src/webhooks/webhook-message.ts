import { z } from 'zod';
import { FyrestreamError } from '../fyrestream-error.ts';
import { jobEventSource } from '../job-event.ts';

/** Only the fields that are used: an event of another release is sent as it is. */
const eventSchema = z.looseObject({ eventId: z.string().min(1), kind: z.string().min(1) });
export type WebhookEvent = z.infer<typeof eventSchema>;

/** A job event as EventBridge sends it to the queue of webhooks. */
const envelopeSchema = z.object({ source: z.literal(jobEventSource), detail: eventSchema });

/** One event for one endpoint, as the notifier sends it to its own queue. */
const deliverySchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('delivery'),
  /** Name of the endpoint. */
  endpoint: z.string().min(1),
  event: eventSchema,
});
export type WebhookDelivery = z.infer<typeof deliverySchema>;

/** A message in the queue of webhooks. */
export type WebhookMessage = { readonly kind: 'event'; readonly event: WebhookEvent } | WebhookDelivery;

/** @throws FyrestreamError `malformed-message` */
export function parseWebhookMessage(body: string): WebhookMessage {
  const message = parseJson(body);
  const envelope = envelopeSchema.safeParse(message);
  if (envelope.success) return { kind: 'event', event: envelope.data.detail };
  const delivery = deliverySchema.safeParse(message);
  if (delivery.success) return delivery.data;
  throw malformed('The message is neither a job event nor a delivery.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed(`The message is not JSON: ${JSON.stringify(text.slice(0, 80))}`, cause);
  }
}

function malformed(message: string, cause?: unknown): FyrestreamError {
  return new FyrestreamError({ code: 'malformed-message', message, retryable: false, cause });
}
