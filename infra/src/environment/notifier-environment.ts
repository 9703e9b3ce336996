import { webhookRetryDelaysSeconds } from '@fyrestream/events';
import type { Input } from '@pulumi/pulumi';
import type { StackContext } from '../stack-context.ts';

/** Environment variables of the notifier. */
export function notifierEnvironment(
  { names, settings }: StackContext,
  urls: { readonly queue: Input<string>; readonly deadLetters: Input<string> },
) {
  return {
    FYRESTREAM_LOG_LEVEL: settings.logLevel,
    FYRESTREAM_JOBS_TABLE: names.jobsTable,
    FYRESTREAM_WEBHOOKS: JSON.stringify(settings.webhooks),
    FYRESTREAM_WEBHOOK_SECRET_PREFIX: names.webhookSecret(''),
    FYRESTREAM_WEBHOOK_QUEUE_URL: urls.queue,
    FYRESTREAM_WEBHOOK_DEAD_LETTER_QUEUE_URL: urls.deadLetters,
    FYRESTREAM_WEBHOOK_RETRY_DELAYS_SECONDS: JSON.stringify(webhookRetryDelaysSeconds),
    FYRESTREAM_WEBHOOK_LOOPBACK: 'false',
  };
}
