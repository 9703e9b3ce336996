import type { Input } from '@pulumi/pulumi';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import { operatorEnvironment } from './operator-environment.ts';

/**
 * Environment variables of the API.
 * @param deliveryUrl null without delivery
 * @param webhookVariables null without webhooks
 */
export function apiEnvironment(
  context: StackContext,
  queues: Queues,
  {
    deliveryUrl,
    webhookVariables,
  }: {
    deliveryUrl: Input<string> | null;
    webhookVariables: Readonly<Record<string, Input<string>>> | null;
  },
) {
  return {
    FYRESTREAM_LOG_LEVEL: context.settings.logLevel,
    FYRESTREAM_STACK: context.location.stack,
    ...operatorEnvironment(context, queues),
    ...webhookVariables,
    FYRESTREAM_DELIVERY_URL: deliveryUrl ?? '',
  };
}
