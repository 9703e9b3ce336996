import type { StackArns } from '../names/stack-arns.ts';
import { denyInsecureTransport } from './deny-insecure-transport.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Lets the rule for job events send. The notifier sends by its own role. */
export function webhookQueuePolicy(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'SendJobEvents',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: [arns.webhookQueue],
      Condition: { ArnEquals: { 'aws:SourceArn': arns.webhookRule } },
    },
    denyInsecureTransport('sqs', [arns.webhookQueue]),
  );
}
