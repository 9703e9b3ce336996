import { type PolicyDocument, policyDocument, type Statement } from './policy-document.ts';

/** Lets alarms and budgets of this account publish to the alerts topic. */
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
    publish('PublishAlarms', 'cloudwatch.amazonaws.com'),
    publish('PublishBudgetAlerts', 'budgets.amazonaws.com'),
  );
}

/**
 * Lets EventBridge rules publish to the topic of job events. EventBridge does not support conditions in topic policies.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
 */
export function jobEventsTopicPolicy(topicArn: string): PolicyDocument {
  return policyDocument({
    Sid: 'PublishJobEvents',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['sns:Publish'],
    Resource: [topicArn],
  });
}
