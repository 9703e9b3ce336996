import type { SettingsEnvironment, StackEnvironment } from '@fyrestream/events';
import type { Input } from '@pulumi/pulumi';
import { functionLogGroup, taskLogGroup } from '../names/stack-names.ts';
import type { Queues } from '../queues/queues.ts';
import type { StackContext } from '../stack-context.ts';
import { profilesEnvironment } from './profiles-environment.ts';

/** A stack without webhooks has no variables about them. The ladder is in the profiles. */
type WebhookVariable = `FYRESTREAM_WEBHOOK${string}` | 'FYRESTREAM_NOTIFIER_LOG_GROUP';
type OperatorVariable =
  | Exclude<keyof StackEnvironment, WebhookVariable>
  | Exclude<keyof SettingsEnvironment, 'FYRESTREAM_LADDER'>;

/** Variables for operators and the API: where the stack is, and the settings that decide what an upload becomes and costs. */
export function operatorEnvironment(
  context: StackContext,
  queues: Queues,
): Readonly<Record<OperatorVariable, Input<string>>> {
  const { names, settings } = context;
  return {
    FYRESTREAM_SOURCE_BUCKET: names.sourceBucket,
    FYRESTREAM_OUTPUT_BUCKET: names.outputBucket,
    FYRESTREAM_JOBS_TABLE: names.jobsTable,
    FYRESTREAM_RECORD_RETENTION_DAYS: String(settings.recordRetentionDays),
    FYRESTREAM_QUEUE_URL: queues.uploads.queue.url,
    FYRESTREAM_DEAD_LETTER_QUEUE_URL: queues.uploads.deadLetters.url,
    FYRESTREAM_CONTROL_QUEUE_URL: queues.control.queue.url,
    FYRESTREAM_CONTROL_DEAD_LETTER_QUEUE_URL: queues.control.deadLetters.url,
    FYRESTREAM_POLLER_LOG_GROUP: functionLogGroup(names.poller),
    FYRESTREAM_INVOKER_LOG_GROUP: functionLogGroup(names.invoker),
    FYRESTREAM_WORKER_LOG_GROUP: taskLogGroup(names.transcoder),
    FYRESTREAM_SPOT: String(settings.spot),
    FYRESTREAM_MAX_CONCURRENT_TASKS: String(settings.maxConcurrentTasks),
    FYRESTREAM_MAX_WORKERS_PER_JOB: String(settings.maxWorkersPerJob),
    FYRESTREAM_TARGET_MINUTES: String(settings.targetMinutes),
    FYRESTREAM_COST_LIMIT_USD: String(settings.costLimitUsd),
    FYRESTREAM_UNIT_SECONDS: String(settings.unitSeconds),
    FYRESTREAM_PRIORITIES: JSON.stringify(settings.priorities),
    FYRESTREAM_SHARES: JSON.stringify(settings.shares),
    ...profilesEnvironment(context),
  };
}
