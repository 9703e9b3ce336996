import { createHmac } from 'node:crypto';

export interface UnsignedWebhook {
  /** The same for every attempt, so that the receiver can drop repetitions. */
  readonly id: string;
  /** Of this attempt: receivers refuse old ones. Seconds since 1970. */
  readonly timestampSeconds: number;
  readonly body: string;
}

/**
 * The headers of a signed post: one signature per key, so that a receiver with either of two secrets accepts it.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook({ id, timestampSeconds, body }: UnsignedWebhook, keys: readonly Buffer[]) {
  const signed = `${id}.${timestampSeconds}.${body}`;
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  };
}
