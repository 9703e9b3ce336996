import { denyInsecureTransport } from './deny-insecure-transport.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/**
 * Policy of a queue for what could not be delivered: SQS needs no permission to move dead letters, EventBridge sends in the name
 * of its rules. Operators use their own permissions.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html#eb-rule-dlq
 */
export function deadLetterQueuePolicy(queueArn: string, ruleArns: readonly string[]): PolicyDocument {
  const encrypted = denyInsecureTransport('sqs', [queueArn]);
  if (ruleArns.length === 0) return policyDocument(encrypted);
  return policyDocument(
    {
      Sid: 'SendUndeliveredEvents',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: [queueArn],
      Condition: { ArnEquals: { 'aws:SourceArn': ruleArns } },
    },
    encrypted,
  );
}
