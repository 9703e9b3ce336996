import { type PolicyDocument, policyDocument, type Statement } from './policy-document.ts';

/** Alarms and the budget of this account speak on the topic of alerts. */
export function alertsTopicPolicy(topicArn: string, accountId: string): PolicyDocument {
  const publish = (Sid: string, service: string): Statement => ({
    Sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: ['sns:Publish'],
    Resource: [topicArn],
    Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
  });
  return policyDocument(
    publish('AlarmsAlert', 'cloudwatch.amazonaws.com'),
    publish('BudgetAlerts', 'budgets.amazonaws.com'),
  );
}

/**
 * Rules speak on the topic of job events. Without a condition: EventBridge does not support them in policies of topics.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
 */
export function jobEventsTopicPolicy(topicArn: string): PolicyDocument {
  return policyDocument({
    Sid: 'RulesTellOfJobs',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['sns:Publish'],
    Resource: [topicArn],
  });
}
