import type { Settings } from '@fyrestream/events';
import type { StackNames } from '../names/stack-names.ts';

type Metric = readonly [namespace: string, metricName: string, ...dimensionsAndLabel: unknown[]];

/**
 * Body of the dashboard: graphs in the order in which an upload passes the components, three per row.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(names: StackNames, { webhooks }: Pick<Settings, 'webhooks'>, region: string) {
  const hasWebhooks = Object.keys(webhooks).length > 0;
  const ofWebhooks = (...metrics: Metric[]) => (hasWebhooks ? metrics : []);
  const queue = (QueueName: string, metric: string, label: string): Metric => [
    'AWS/SQS',
    metric,
    'QueueName',
    QueueName,
    { label },
  ];
  const lambda = (metric: string): Metric[] => [
    ['AWS/Lambda', metric, 'FunctionName', names.poller, { label: 'poller' }],
    ['AWS/Lambda', metric, 'FunctionName', names.invoker, { label: 'invoker' }],
    ...ofWebhooks(['AWS/Lambda', metric, 'FunctionName', names.notifier, { label: 'notifier' }]),
  ];
  const jobs = (rule: string, label: string): Metric => [
    'AWS/Events',
    'InvocationAttempts',
    'EventBusName',
    names.eventBus,
    'RuleName',
    names.resource(rule),
    { label },
  ];
  const graphs: [title: string, statistic: string, metrics: Metric[]][] = [
    [
      'Messages waiting',
      'Maximum',
      [
        queue(names.uploadQueue, 'ApproximateNumberOfMessagesVisible', 'uploads'),
        queue(names.controlQueue, 'ApproximateNumberOfMessagesVisible', 'control'),
        ...ofWebhooks(queue(names.webhookQueue, 'ApproximateNumberOfMessagesVisible', 'webhooks')),
      ],
    ],
    [
      'Oldest message, seconds',
      'Maximum',
      [
        queue(names.uploadQueue, 'ApproximateAgeOfOldestMessage', 'uploads'),
        queue(names.controlQueue, 'ApproximateAgeOfOldestMessage', 'control'),
      ],
    ],
    [
      'Dead letters',
      'Maximum',
      [
        queue(names.uploadDeadLetters, 'ApproximateNumberOfMessagesVisible', 'uploads'),
        queue(names.controlDeadLetters, 'ApproximateNumberOfMessagesVisible', 'control'),
        ...ofWebhooks(queue(names.webhookDeadLetters, 'ApproximateNumberOfMessagesVisible', 'webhooks')),
      ],
    ],
    ['Calls', 'Sum', lambda('Invocations')],
    ['Errors', 'Sum', lambda('Errors')],
    ['Throttled', 'Sum', lambda('Throttles')],
    ['Job events', 'Sum', [jobs('job-events', 'all others'), jobs('job-failed', 'failed')]],
  ];
  return {
    widgets: graphs.map(([title, stat, metrics], index) => ({
      type: 'metric',
      x: (index % 3) * 8,
      y: Math.floor(index / 3) * 6,
      width: 8,
      height: 6,
      properties: { title, stat, metrics, region, period: 300, view: 'timeSeries' },
    })),
  };
}
