import type { Settings } from '@fyrestream/events';
import type { StackNames } from '../names/stack-names.ts';
import { queueLimits } from '../queues/queue-limits.ts';
import { logMetric } from './log-metrics.ts';

/** A CloudWatch alarm on one metric. */
export interface AlarmDefinition {
  readonly name: string;
  /** What is wrong, for the person who is notified. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum';
  readonly periodSeconds: number;
  /** Raises the alarm at this value and above. */
  readonly threshold: number;
}

const minute = 60;
/** A single failed sweep can be temporary; the next one repeats the work. */
const sweepsBeforeAlarm = 3;

/** All alarms of a stack. Missing data counts as good. */
export function alarmDefinitions(
  names: StackNames,
  { sweepMinutes, webhooks, api }: Pick<Settings, 'sweepMinutes' | 'webhooks' | 'api'>,
): AlarmDefinition[] {
  const queues = { uploads: names.uploadQueue, control: names.controlQueue };
  const deadLetters = { uploads: names.uploadDeadLetters, control: names.controlDeadLetters };
  const hasWebhooks = Object.keys(webhooks).length > 0;
  const functions = {
    poller: names.poller,
    invoker: names.invoker,
    ...(hasWebhooks && { notifier: names.notifier }),
    ...(api === 'iam' && { api: names.api }),
  };
  return [
    ...Object.entries(deadLetters).map(([which, QueueName]) => ({
      name: `${which}-dead-letters`,
      description: `Messages of the ${which} queue failed ${queueLimits.maxReceives} times. Redrive them when the cause is fixed.`,
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName },
      statistic: 'Maximum' as const,
      periodSeconds: 5 * minute,
      threshold: 1,
    })),
    {
      name: 'undelivered-events',
      description:
        'The topic did not take job events for a day. The queue has them; the jobs are not affected.',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: names.undeliveredEvents },
      statistic: 'Maximum',
      periodSeconds: 5 * minute,
      threshold: 1,
    },
    ...(hasWebhooks ? [deliveriesFailed(names)] : []),
    ...Object.entries(queues).map(([which, QueueName]) => ({
      name: `${which}-wait`,
      description: `A message of the ${which} queue has waited for 30 minutes: the poller is too slow or fails.`,
      namespace: 'AWS/SQS',
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName },
      statistic: 'Maximum' as const,
      periodSeconds: 5 * minute,
      threshold: 30 * minute,
    })),
    ...Object.entries(functions).map(([which, FunctionName]) => ({
      name: `${which}-errors`,
      description: `Invocations of the ${which} fail.`,
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: { FunctionName },
      statistic: 'Sum' as const,
      periodSeconds: 5 * minute,
      threshold: 5,
    })),
    {
      name: 'failed-jobs',
      description: 'Jobs failed. `fyrestream job ID` shows the reason.',
      namespace: 'AWS/Events',
      // The only metric of rules that CloudWatch also has for custom event buses.
      metricName: 'InvocationAttempts',
      dimensions: { EventBusName: names.eventBus, RuleName: names.resource('job-failed') },
      statistic: 'Sum',
      periodSeconds: 5 * minute,
      threshold: 1,
    },
    {
      name: 'stuck-jobs',
      description:
        'Three sweeps could not recover stuck jobs. The log of the invoker names them and the reason.',
      ...logMetric(names, 'sweep-in-trouble'),
      dimensions: {},
      statistic: 'Sum',
      periodSeconds: sweepsBeforeAlarm * sweepMinutes * minute,
      threshold: sweepsBeforeAlarm,
    },
    {
      name: 'blocked-launches',
      description:
        'AWS has not started the task of a job for an hour: capacity, a quota, throttling, the network or the registry. `fyrestream doctor` says what to do.',
      ...logMetric(names, 'launch-blocked'),
      dimensions: {},
      statistic: 'Sum',
      // A blocked job tries again every 15 minutes.
      periodSeconds: 30 * minute,
      threshold: 1,
    },
  ];
}

function deliveriesFailed(names: StackNames): AlarmDefinition {
  return {
    name: 'webhooks-dead-letters',
    description:
      'The endpoint of a webhook did not take job events for a day, or is disabled. `fyrestream doctor` says which; redrive them when it is repaired.',
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: names.webhookDeadLetters },
    statistic: 'Maximum',
    periodSeconds: 5 * minute,
    threshold: 1,
  };
}
