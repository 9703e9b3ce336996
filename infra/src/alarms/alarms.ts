import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { alertsTopicPolicy } from '../permissions/topics.ts';
import type { StackContext } from '../stack-context.ts';
import { stackTags } from '../stack-tags.ts';
import { alarmDefinitions } from './alarm-definitions.ts';
import { dashboardBody } from './dashboard-body.ts';

/** What wakes somebody, and what they look at then. */
export class Alarms extends pulumi.ComponentResource {
  readonly dashboardUrl: string;

  constructor(context: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Alarms', 'alarms', {}, options);
    const { names, place, settings } = context;
    const child = { parent: this };
    const topic = this.#alertsTopic(context);
    for (const alarm of alarmDefinitions(names, settings)) {
      new aws.cloudwatch.MetricAlarm(
        alarm.name,
        {
          name: names.of(alarm.name),
          alarmDescription: alarm.description,
          namespace: alarm.namespace,
          metricName: alarm.metricName,
          dimensions: alarm.dimensions,
          statistic: alarm.statistic,
          period: alarm.periodSeconds,
          evaluationPeriods: 1,
          threshold: alarm.threshold,
          comparisonOperator: 'GreaterThanOrEqualToThreshold',
          treatMissingData: 'notBreaching',
          alarmActions: [topic],
          okActions: [topic],
        },
        child,
      );
    }
    this.#watchSpending(context, topic);
    const dashboard = names.of('pipeline');
    new aws.cloudwatch.Dashboard(
      'fyrestream',
      { dashboardName: dashboard, dashboardBody: JSON.stringify(dashboardBody(names, place.region)) },
      child,
    );
    this.dashboardUrl = `https://${place.region}.console.aws.amazon.com/cloudwatch/home?region=${place.region}#dashboards:name=${dashboard}`;
    if (settings.alertEmail !== undefined) {
      new aws.sns.TopicSubscription(
        'fyrestream-alerts',
        { topic, protocol: 'email', endpoint: settings.alertEmail },
        child,
      );
    }
    this.registerOutputs({});
  }

  #alertsTopic({ names, arns, place }: StackContext): pulumi.Output<string> {
    const topic = new aws.sns.Topic('fyrestream-alerts', { name: names.alerts }, { parent: this });
    const policy = new aws.sns.TopicPolicy(
      'fyrestream-alerts',
      { arn: topic.arn, policy: JSON.stringify(alertsTopicPolicy(arns.alerts, place.accountId)) },
      { parent: this },
    );
    // Whoever sends to the topic waits until it may.
    return pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
  }

  #watchSpending({ names, place, settings }: StackContext, topic: pulumi.Output<string>): void {
    const [[key, value]] = stackTags(place.stack);
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notificationType,
      threshold,
      thresholdType: 'PERCENTAGE',
      comparisonOperator: 'GREATER_THAN',
      subscriberSnsTopicArns: [topic],
    });
    new aws.budgets.Budget(
      'fyrestream',
      {
        name: names.of('spending'),
        budgetType: 'COST',
        limitAmount: String(settings.monthlyBudgetUsd),
        limitUnit: 'USD',
        timeUnit: 'MONTHLY',
        costFilters: [{ name: 'TagKeyValue', values: [`user:${key}$${value}`] }],
        notifications: [notify('ACTUAL', 80), notify('FORECASTED', 100)],
      },
      { parent: this },
    );
  }
}
