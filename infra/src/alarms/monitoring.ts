import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { alertsTopicPolicy } from '../permissions/topics.ts';
import type { StackContext } from '../stack-context.ts';
import { stackTags } from '../stack-tags.ts';
import { alarmDefinitions } from './alarm-definitions.ts';
import { budgetHint } from './budget-hint.ts';
import { dashboardBody } from './dashboard-body.ts';

/** Alarms, budget, dashboard, and the topic that notifies operators. */
export class Monitoring extends pulumi.ComponentResource {
  readonly dashboardUrl: string;

  constructor(context: StackContext, options: pulumi.ComponentResourceOptions) {
    super('fyrestream:index:Alarms', 'alarms', {}, options);
    const { names, location, settings } = context;
    const child = { parent: this };
    const topic = this.#alertsTopic(context);
    for (const alarm of alarmDefinitions(names, settings)) {
      new aws.cloudwatch.MetricAlarm(
        alarm.name,
        {
          name: names.resource(alarm.name),
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
    const { monthlyBudgetUsd } = settings;
    if (monthlyBudgetUsd !== 'off') this.#createBudget(context, monthlyBudgetUsd, topic);
    const dashboard = names.resource('pipeline');
    new aws.cloudwatch.Dashboard(
      'fyrestream',
      {
        dashboardName: dashboard,
        dashboardBody: JSON.stringify(dashboardBody(names, settings, location.region)),
      },
      child,
    );
    this.dashboardUrl = `https://${location.region}.console.aws.amazon.com/cloudwatch/home?region=${location.region}#dashboards:name=${dashboard}`;
    if (settings.alertEmail !== undefined) {
      new aws.sns.TopicSubscription(
        'fyrestream-alerts',
        { topic, protocol: 'email', endpoint: settings.alertEmail },
        child,
      );
    }
    this.registerOutputs({});
  }

  #alertsTopic({ names, arns, location }: StackContext): pulumi.Output<string> {
    const topic = new aws.sns.Topic('fyrestream-alerts', { name: names.alerts }, { parent: this });
    const policy = new aws.sns.TopicPolicy(
      'fyrestream-alerts',
      { arn: topic.arn, policy: JSON.stringify(alertsTopicPolicy(arns.alerts, location.accountId)) },
      { parent: this },
    );
    // Alarms and the budget are created after the policy that lets them publish.
    return pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
  }

  #createBudget({ names, location }: StackContext, limitUsd: number, topic: pulumi.Output<string>): void {
    const [[key, value]] = stackTags(location.stack);
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
        name: names.resource('spending'),
        budgetType: 'COST',
        limitAmount: String(limitUsd),
        limitUnit: 'USD',
        timeUnit: 'MONTHLY',
        costFilters: [{ name: 'TagKeyValue', values: [`user:${key}$${value}`] }],
        notifications: [notify('ACTUAL', 80), notify('FORECASTED', 100)],
      },
      { parent: this, hooks: { onError: [new pulumi.ErrorHook('explain-budget', explainBudgetFailure)] } },
    );
  }
}

/** @returns false: the operation is not tried again */
function explainBudgetFailure({ errors }: pulumi.ErrorHookArgs): boolean {
  const hint = budgetHint(errors[0] ?? '');
  if (hint !== null) pulumi.log.error(hint).catch(() => undefined);
  return false;
}
