import { FyrestreamError } from '@fyrestream/events';
import { type RedriveTarget, redriveTargetOf, type Stack } from '@fyrestream/operations';
import type { z } from '@hono/zod-openapi';
import type { queueNameSchema } from './stack-schema.ts';

/** @throws FyrestreamError `no-webhooks` */
export function requireRedriveTarget(
  stack: Pick<Stack, 'name' | 'queues' | 'webhooks' | 'failureLog'>,
  queue: z.infer<typeof queueNameSchema>,
): RedriveTarget {
  const target = redriveTargetOf(stack, queue);
  if (target !== null) return target;
  const message = `${stack.name} has no webhooks: its settings name no endpoint.`;
  throw new FyrestreamError({ code: 'no-webhooks', message, retryable: false });
}
