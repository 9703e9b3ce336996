import type { StackArns } from '../names/stack-arns.ts';
import { onlyEncrypted } from './only-encrypted.ts';
import { type PolicyDocument, policyDocument } from './policy-document.ts';

/** The rule for stopped tasks may send; the invoker and the schedule may by their own roles. */
export function controlQueuePolicy(arns: StackArns): PolicyDocument {
  return policyDocument(
    {
      Sid: 'RuleTellsOfStoppedTasks',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['sqs:SendMessage'],
      Resource: [arns.controlQueue],
      Condition: { ArnEquals: { 'aws:SourceArn': arns.stoppedTaskRule } },
    },
    onlyEncrypted('sqs', [arns.controlQueue]),
  );
}
