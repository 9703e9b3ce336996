import type { StackArns } from '../names/stack-arns.ts';
import { denyInsecureTransport } from './deny-insecure-transport.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** Lets the rule for stopped tasks send. The invoker and the schedule send by their own roles. */
export function controlQueuePolicy(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'SendStoppedTaskEvents',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: [arns.controlQueue],
      Condition: { ArnEquals: { 'aws:SourceArn': arns.stoppedTaskRule } },
    },
    denyInsecureTransport('sqs', [arns.controlQueue]),
  );
}
