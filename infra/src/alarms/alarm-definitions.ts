import type { StackNames } from '../names/stack-names.ts';
import { timings } from '../queues/timings.ts';
import type { Settings } from '../settings/settings-schema.ts';
import { sweepTroubleMetric } from './sweep-trouble-metric.ts';

/** When a metric of CloudWatch is to wake somebody. */
export interface AlarmDefinition {
  readonly name: string;
  /** What is wrong, for the person who is woken. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: 'Sum' | 'Maximum';
  readonly periodSeconds: number;
  /** At or above this it is wrong. */
  readonly threshold: number;
}

const minute = 60;
/** One may be a passing trouble of AWS; the next sweep goes over the same again. */
const sweepsInTrouble = 3;

/** Every alarm of a stack. Where a metric says nothing, nothing is wrong. */
export function alarmDefinitions(
  names: StackNames,
  { sweepMinutes }: Pick<Settings, 'sweepMinutes'>,
): AlarmDefinition[] {
  const queues = { uploads: names.uploadQueue, control: names.controlQueue };
  const deadLetters = { uploads: names.uploadDeadLetters, control: names.controlDeadLetters };
  const functions = { poller: names.poller, invoker: names.invoker };
  return [
    ...Object.entries(deadLetters).map(([which, QueueName]) => ({
      name: `${which}-dead-letters`,
      description: `Messages of the queue for ${which} failed ${timings.maximumReceives} times; redrive them when the cause is mended.`,
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName },
      statistic: 'Maximum' as const,
      periodSeconds: 5 * minute,
      threshold: 1,
    })),
    ...Object.entries(queues).map(([which, QueueName]) => ({
      name: `${which}-wait`,
      description: `A message of the queue for ${which} has waited for half an hour: the poller does not keep up or keeps failing.`,
      namespace: 'AWS/SQS',
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName },
      statistic: 'Maximum' as const,
      periodSeconds: 5 * minute,
      threshold: 30 * minute,
    })),
    ...Object.entries(functions).map(([which, FunctionName]) => ({
      name: `${which}-errors`,
      description: `The ${which} fails.`,
      namespace: 'AWS/Lambda',
      metricName: 'Errors',
      dimensions: { FunctionName },
      statistic: 'Sum' as const,
      periodSeconds: 5 * minute,
      threshold: 5,
    })),
    {
      name: 'failed-jobs',
      description: 'Jobs failed; the ledger says why.',
      namespace: 'AWS/Events',
      // Of the metrics of a rule the one that is told of custom buses too.
      metricName: 'InvocationAttempts',
      dimensions: { EventBusName: names.eventBus, RuleName: names.of('job-failed') },
      statistic: 'Sum',
      periodSeconds: 5 * minute,
      threshold: 1,
    },
    {
      name: 'stuck-jobs',
      description: 'Three sweeps could not move what is stuck; the log of the invoker says what and why.',
      ...sweepTroubleMetric(names),
      dimensions: {},
      statistic: 'Sum',
      periodSeconds: sweepsInTrouble * sweepMinutes * minute,
      threshold: sweepsInTrouble,
    },
  ];
}
